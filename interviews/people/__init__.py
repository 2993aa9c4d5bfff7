"""Accounts: letting people in, keeping their sessions, letting them out.

- `accounts`: who somebody is and what they sign in with
- `entering`: from a word and a passphrase, or a PIN on a known device, to a session
- `cards`: the log-in card, which makes one more phone or computer known
- `sessions`: where a session stands, the lock, and its end
- `changes`: what changed about how somebody signs in
- `inviting`, `leaving`: how people come into a project, and how they go
"""

from __future__ import annotations

from interviews.passphrases import MAX_PASSPHRASE, MIN_ALONE, MIN_WITH_FACTOR, PIN_DIGITS, check_passphrase
from interviews.people.accounts import (
    MAX_DISPLAY_NAME,
    Chosen,
    add_person,
    change_passphrase,
    choose,
    login_word,
)
from interviews.people.cards import CARD_DAYS, ChosenPin, choose_pin, make_card, set_pin, token_for, use_card
from interviews.people.changes import LOOK_BACK, Change, What, changes, changes_before
from interviews.people.entering import Checked, Claim, check, claim, enter, pass_code, prove, prove_code, sign_in
from interviews.people.inviting import (
    INVITATION_DAYS,
    accept_invitation,
    find_invitation,
    invite,
    minimum_of,
    shown_pin,
    waits_in_vain,
)
from interviews.people.leaving import (
    Holding,
    close_account,
    end_access,
    give_passphrase_by_operator,
    hand_over_all,
    holding,
    reset_by_operator,
    reset_second_factor,
    sign_out_everywhere,
)
from interviews.people.sessions import (
    ABSOLUTE,
    IDLE,
    LOCK_AFTER,
    SHIFT,
    Held,
    Opened,
    Standing,
    end_all_sessions,
    end_other_sessions,
    end_session,
    find_session,
    held,
    is_long,
    live_sessions,
    lock,
    open_session,
    renew,
    touch,
)
from interviews.throttle import ACCOUNT

FREE_TRIES = ACCOUNT.free
"""Wrong tries before the next one has to wait. Nobody is ever locked out."""

__all__ = [
    "ABSOLUTE",
    "CARD_DAYS",
    "FREE_TRIES",
    "IDLE",
    "INVITATION_DAYS",
    "LOCK_AFTER",
    "LOOK_BACK",
    "MAX_DISPLAY_NAME",
    "MAX_PASSPHRASE",
    "MIN_ALONE",
    "MIN_WITH_FACTOR",
    "PIN_DIGITS",
    "SHIFT",
    "Change",
    "Checked",
    "Chosen",
    "ChosenPin",
    "Claim",
    "Held",
    "Holding",
    "Opened",
    "Standing",
    "What",
    "accept_invitation",
    "add_person",
    "change_passphrase",
    "changes",
    "changes_before",
    "check",
    "check_passphrase",
    "choose",
    "choose_pin",
    "claim",
    "close_account",
    "end_access",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "enter",
    "find_invitation",
    "find_session",
    "give_passphrase_by_operator",
    "hand_over_all",
    "held",
    "holding",
    "invite",
    "is_long",
    "live_sessions",
    "lock",
    "login_word",
    "make_card",
    "minimum_of",
    "open_session",
    "pass_code",
    "prove",
    "prove_code",
    "renew",
    "reset_by_operator",
    "reset_second_factor",
    "set_pin",
    "shown_pin",
    "sign_in",
    "sign_out_everywhere",
    "token_for",
    "touch",
    "use_card",
    "waits_in_vain",
]
