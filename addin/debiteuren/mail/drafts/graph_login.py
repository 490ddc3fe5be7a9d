"""Logging in at Microsoft 365: once by hand with a code, after that by itself.

Source: Microsoft identity platform, "OAuth 2.0 device authorization grant"; library msal. The token is kept
in the keyring of the computer; the only right that is asked for is reading and changing the own mail
(Mail.ReadWrite), which can't send.
Leaves to others: what is done with it (graph.py), the words on the screen (cli_mailbox.py).
"""

from collections.abc import Callable
from typing import Any

from debiteuren.domain.problem import NOTHING_CHANGED, SurroundingsError
from debiteuren.mail.drafts import secrets
from debiteuren.mail.drafts.mailbox import LostConnectionError

AUTHORITY = "https://login.microsoftonline.com/common"
SCOPES = ("Mail.ReadWrite",)


def secret_name(app: str, user: str) -> str:
    """What the token is called among the secrets."""
    return f"graph {user.strip().casefold()} {app.strip()}"


class GraphLogin:
    """The login of one user with one app registration; `client` makes msal's application from a cache."""

    def __init__(
        self,
        app: str,
        user: str,
        *,
        client: Callable[[str, Any], Any] | None = None,
        load: Callable[[str], str] = secrets.stored,
        save: Callable[[str, str], None] = secrets.store,
    ) -> None:
        self._app = app.strip()
        self._user = user.strip()
        self._client = client or _msal_client
        self._load = load
        self._save = save

    def token(self, *, fresh: bool = False) -> str:
        """A token that works now; `fresh`: not the one that was just refused.

        Raises:
            SurroundingsError: nobody has logged in on this computer, or not lately.
            LostConnectionError: Microsoft can't be reached.
        """
        cache = _cache(self._load(secret_name(self._app, self._user)))
        client = self._opened(cache)
        accounts = client.get_accounts(username=self._user or None)
        found = (
            client.acquire_token_silent([*SCOPES], account=accounts[0], force_refresh=fresh)
            if accounts
            else None
        )
        if not found or "access_token" not in found:
            raise SurroundingsError(
                f"{NOTHING_CHANGED}bij Microsoft 365 bent u op deze computer niet (meer) ingelogd. "
                "Typ: debiteuren postvak BOEK.xlsm --graph"
            )
        if cache.has_state_changed:
            self._save(secret_name(self._app, self._user), cache.serialize())
        return str(found["access_token"])

    def log_in(self, show: Callable[[str], None]) -> str:
        """Let the user log in in a browser with a code, which `show` tells; who that was comes back.

        Raises:
            SurroundingsError: it was refused, took too long, or was another user than on Instellingen.
        """
        cache = _cache("")
        client = self._opened(cache)
        flow = client.initiate_device_flow(scopes=[*SCOPES])
        if "user_code" not in flow:
            raise self._refused(flow)
        show(f"Open {flow['verification_uri']} in uw browser en typ daar de code {flow['user_code']}.")
        found = client.acquire_token_by_device_flow(flow)
        if "access_token" not in found:
            raise self._refused(found)
        who = str(found.get("id_token_claims", {}).get("preferred_username", ""))
        if self._user and who.casefold() != self._user.casefold():
            raise SurroundingsError(
                f"{NOTHING_CHANGED}u logde in als {who}, maar het postvak is van {self._user}. "
                "Log in als die gebruiker, of geef een andere op met --gebruiker."
            )
        self._save(secret_name(self._app, self._user or who), cache.serialize())
        return who

    def _opened(self, cache: Any) -> Any:  # noqa: ANN401 - msal has no types
        try:
            return self._client(self._app, cache)
        except ModuleNotFoundError:
            raise secrets.missing_part("graph") from None
        except OSError as fault:  # requests' faults are among them
            raise LostConnectionError("Microsoft is niet bereikbaar") from fault
        except ValueError as fault:
            raise SurroundingsError(
                f"{NOTHING_CHANGED}de app-id op Instellingen, bij PostvakApp, wordt niet herkend."
            ) from fault

    def _refused(self, said: dict[str, object]) -> SurroundingsError:
        why = str(said.get("error_description") or said.get("error") or "geen antwoord").splitlines()[0]
        return SurroundingsError(f"{NOTHING_CHANGED}inloggen bij Microsoft 365 lukte niet: {why[:200]}")


def _cache(text: str) -> Any:  # noqa: ANN401 - msal has no types
    try:
        import msal  # noqa: PLC0415 - an extra, and heavy
    except ModuleNotFoundError:
        raise secrets.missing_part("graph") from None
    cache = msal.SerializableTokenCache()
    if text:
        cache.deserialize(text)
    return cache


def _msal_client(app: str, cache: Any) -> Any:  # noqa: ANN401 - msal has no types
    import msal  # noqa: PLC0415 - an extra, and heavy

    return msal.PublicClientApplication(app, authority=AUTHORITY, token_cache=cache)
