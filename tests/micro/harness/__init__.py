"""Executes a snippet with recording stand-ins for the training libraries: the truth that labels are checked against."""
