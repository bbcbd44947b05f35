"""The second step of everybody who works for an agency in the demo: trying it out needs no phone."""

import time
from dataclasses import dataclass

from allauth.mfa import app_settings as second_factor
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from portal.demo.scene import read


@dataclass(frozen=True)
class Code:
    digits: str
    seconds: int  # for which it still holds


def code_of_the_moment() -> Code:
    period = second_factor.TOTP_PERIOD
    counter, gone = divmod(int(time.time()), period)
    return Code(format_hotp_value(hotp_value(read("people")["totp"], counter)), period - gone)
