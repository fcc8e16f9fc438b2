"""Who may ask: principals, their bearer tokens, and the trail of what they did."""

from pesut.principals.audit import Act, record_act
from pesut.principals.store import authenticate, issue_token, local_principal, role_tokens

__all__ = ["Act", "authenticate", "issue_token", "local_principal", "record_act", "role_tokens"]
