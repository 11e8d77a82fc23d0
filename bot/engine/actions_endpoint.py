"""Custom actions in the engine's own process, called through Rasa's action endpoint interface."""

from __future__ import annotations

from typing import Any

from rasa.core.actions.action import ActionExecutionRejection
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as SdkRejection

PACKAGE = "actions"  # Named, not imported: the conversation and the actions meet only here and in domain.yml.


class InProcessActions(EndpointConfig):
    """Runs actions by rasa-sdk's executor instead of an HTTP call to a second server."""

    def __init__(self, package: str = PACKAGE) -> None:
        """Load every action of `package`; a package that cannot be imported stops the engine."""
        super().__init__(url="in-process", enable_selective_domain=True)
        self.executor = ActionExecutor()
        self.executor.register_package(package)

    async def request(
        self, method: str = "post", subpath: str | None = None, compress: bool = False, **kwargs: Any
    ) -> dict[str, Any] | None:
        """Run the action named in `kwargs["json"]["next_action"]` and return its events and responses."""
        try:
            return await self.executor.run(kwargs["json"])
        except SdkRejection as rejection:
            raise ActionExecutionRejection(rejection.action_name, rejection.message) from None
