"""No secret is shown, whatever file it stands in, and no span moves."""

from __future__ import annotations

import json

import pytest
import yaml
from gliner_audit.rules.finding import Abstention, Edit, Finding, Fix, Outcome, Related, Step, Suppression
from gliner_audit.rules.redact import MASK, mask, redact, redact_outcome
from gliner_audit.rules.secrets import is_secret_key
from hypothesis import given
from hypothesis import strategies as st

SOURCES = [
    ("a.yaml", "hub_token: SECRET word # note\nlr: 1\n", "hub_token: ****** **** # note\nlr: 1\n"),
    ("a.yaml", "- hub_token: SECRET\n", "- hub_token: ******\n"),
    ("a.yaml", "train: {hub_token: SECRET, lr: 1}\n", "train: {hub_token: ******, lr: 1}\n"),
    ("a.yaml", "password: |\n  SECRET one\n\n  two\nlr: 1\n", "password: |\n  ****** ***\n\n  ***\nlr: 1\n"),
    ("a.yaml", "password:\n  SECRET\nlr: 1\n", "password:\n  ******\nlr: 1\n"),
    ("a.yaml", "api_keys:\n- SECRET\n- x\nlr: 1\n", "api_keys:\n- ******\n- *\nlr: 1\n"),
    ("a.yaml", "api_keys: [SECRET, x]\n", "api_keys: ******** **\n"),
    ("a.yaml", "credentials:\n  user: me\n  password: SECRET\n", "credentials:\n  user: me\n  password: ******\n"),
    ("a.yaml", 'hub_token: "SECRET\n  more"\n', 'hub_token: "******\n  ****"\n'),
    ("a.yaml", "hub_token: SECRET\r\nlr: 1\r\n", "hub_token: ******\r\nlr: 1\r\n"),
    ("a.yaml", "WANDB_API_KEY: 'it''s SECRET'\n", "WANDB_API_KEY: '***** ******'\n"),
    ("a.json", '{"hub_token": "a\\"SECRET", "lr": 1}', '{"hub_token": "*********", "lr": 1}'),
    ("a.toml", 'hub_token = "SECRET"\nlr = 1\n', 'hub_token = "******"\nlr = 1\n'),
    ("a.py", "login(token='SECRET', lr=1)\n", "login(token='******', lr=1)\n"),
    ("a.py", "login(token=f'SECRET')\n", "login(token=f'******')\n"),
    ("a.py", 'os.environ["HF_TOKEN"] = "SECRET"\n', 'os.environ["HF_TOKEN"] = "******"\n'),
    ("a.py", "hub_token: str | None = 'SECRET'\n", "hub_token: str | None = '******'\n"),
    ("a.ipynb", '"login(token=\\"SECRET\\")\\n"', '"login(token=\\"******\\")\\n"'),
    ("a.yaml", "url: https://me:SECRET@host/x\n", "url: https://*********@host/x\n"),
]
HARMLESS = [
    ("a.yaml", "hub_token: ${oc.env:HF_TOKEN}\n"),
    ("a.yaml", "hub_token: null\nhub_token: false\nhub_token:\nlr: 1\n"),
    ("a.yaml", "eos_token: </s>\nmax_tokens: 512\nent_token: E\ntokenizer: x\nnum_virtual_tokens: 20\n"),
    ("a.yaml", "hub_token: <your token>\n"),
    ("a.yaml", "revision: 0123456789abcdef0123456789abcdef01234567\n"),
    ("a.yaml", "secret:\n  path: x\n"),
    ("a.yaml", "name: sk-learn-pipeline-model-v1\ndata: hf_internal_testing/tiny\n"),
    ("a.py", "train(hub_token=args.hub_token, token=cfg['token'])\n"),
]
TOKENS = [
    "hf_abcdefghijklmnopqrstuvwxyz",
    "sk-proj-abcdefghijklmnop1234",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_11ABCDEFG0123456789_abcdefghij",
    "AKIAIOSFODNN7EXAMPLE",
    "glpat-abcdefghijklmnopqrst",
    "xoxb-123456789012-abcdef",
]


@pytest.mark.parametrize(("file", "text", "masked"), SOURCES)
def test_a_source_is_masked(file: str, text: str, masked: str) -> None:
    assert mask(text, file) == masked


@pytest.mark.parametrize(("file", "text"), HARMLESS)
def test_what_is_no_secret_stays(file: str, text: str) -> None:
    assert mask(text, file) == text


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_known_by_their_shape(token: str) -> None:
    assert mask(f"name: {token}\n", "a.yaml") == f"name: {'*' * len(token)}\n"
    assert redact(f'`name: {token}` is "{token}"') == f'`name: {MASK}` is "{MASK}"'


def test_a_private_key_is_masked_whole() -> None:
    text = "note: |\n  -----BEGIN RSA PRIVATE KEY-----\n  abc\n  -----END RSA PRIVATE KEY-----\nlr: 1\n"
    masked = mask(text, "a.yaml")
    assert masked.startswith("note: |\n  ")
    assert masked.endswith("\nlr: 1\n")
    assert set(masked[len("note: |") : -len("lr: 1\n")]) == set("* \n")


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("`hub_token: abc def` is unknown", f"`hub_token: {MASK}` is unknown"),
        ("hub_token='abc def', lr=1", f"hub_token='{MASK}', lr=1"),
        ("`hub_token` is set", "`hub_token` is set"),
        ("wandb login 0123456789abcdef0123456789abcdef01234567", f"wandb login {MASK}"),
    ],
)
def test_a_message_is_redacted(message: str, shown: str) -> None:
    assert redact(message) == shown


@pytest.mark.parametrize(
    "key",
    ["hub_token", "training.hub_token", "HF_TOKEN", "push_to_hub_token", "apiKey", "token", "a.hub_toekn", "pasword"],
)
def test_keys_that_hold_secrets(key: str) -> None:
    assert is_secret_key(key)


@pytest.mark.parametrize(
    "key", ["eos_token", "tokens", "max_token", "secretary", "tokenizer", "key", "token_dropout", "pad_token"]
)
def test_keys_that_hold_none(key: str) -> None:
    assert not is_secret_key(key)


@given(
    st.text(alphabet="hub_token: \n\t-|\"'{}[],#=ab\\`", max_size=80), st.sampled_from(["a.yaml", "a.py", "a.ipynb"])
)
def test_a_mask_moves_nothing(text: str, file: str) -> None:
    masked = mask(text, file)
    assert len(masked) == len(text)
    assert [n for n, char in enumerate(masked) if char == "\n"] == [n for n, char in enumerate(text) if char == "\n"]
    assert all(new in (old, "*") for old, new in zip(text, masked, strict=True))


WORDS = st.text(alphabet="XYZ0189 ", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(WORDS, st.sampled_from(["plain", "json", "literal", "folded", "flow"]))
def test_no_style_of_yaml_hides_a_secret(secret: str, style: str) -> None:
    secret = f"S{secret}"
    text = {
        "plain": f"run:\n  hub_token: {secret}\n  lr: 1\n",
        "json": json.dumps({"run": {"hub_token": secret, "lr": 1}}),
        "literal": f"run:\n  hub_token: |-\n    {secret}\n  lr: 1\n",
        "folded": f"run:\n  hub_token: >-\n    {secret}\n  lr: 1\n",
        "flow": f"run: {{hub_token: '{secret}', lr: 1}}\n",
    }[style]
    assert yaml.safe_load(text)["run"]["hub_token"] == secret
    masked = mask(text, "a.yaml")
    assert not set(secret.split()) & set(masked.replace('"', " ").replace("'", " ").replace(",", " ").split()) - {"1"}


def _finding(message: str, key: str | None, **more: object) -> Finding:
    return Finding("GA001", "n", "error", "proven", message, "a.yaml", 1, 1, 1, 2, "f" * 16, key=key, **more)  # type: ignore[arg-type]


def test_a_whole_outcome_forgets_a_secret_that_a_source_holds() -> None:
    secret = "correct horse"
    finding = _finding(
        f'"{secret}" is text',
        "training.lr",
        effect=f"uses {secret}",
        help=f"drop {secret}",
        path=(Step("a.yaml", 1, f"read {secret}"),),
        related=(Related("a.yaml", 1, 1, 1, 2, f"is {secret}"),),
        fixes=(
            Fix(f"drop {secret}", "safe", (Edit("a.yaml", 1, 1, 1, 2, ""),)),
            Fix("quote it", "safe", (Edit("a.yaml", 1, 1, 1, 2, f'hub_token: "{secret}"'),)),
        ),
        suppressed=Suppression("comment", f"because {secret}"),
    )
    sources = {"a.yaml": f"hub_token: {secret}\n", "unspoken.yaml": f"hub_token: {secret}\n"}
    outcome = Outcome((), (finding,), (Abstention("a.yaml", 1, f"lost {secret}"),), {}, sources)
    shown = redact_outcome(outcome)
    assert "horse" not in repr(shown)
    assert shown.findings[0].message == f'"{MASK}" is text'
    assert [fix.title for fix in shown.findings[0].fixes] == [f"drop {MASK}"]
    assert list(shown.sources) == ["a.yaml"]


def test_a_short_secret_is_masked_where_its_key_is_spoken_of() -> None:
    sources = {"a.yaml": "hub_token: abc\n"}
    findings = (_finding('"abc" is text', "hub_token"), _finding("abc is no model", "model"))
    shown = redact_outcome(Outcome((), findings, (), {}, sources)).findings
    assert [one.message for one in shown] == [f'"{MASK}" is text', "abc is no model"]
