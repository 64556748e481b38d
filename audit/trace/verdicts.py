"""Verdicts"""
from __future__ import annotations
def judge(m, result): pass
