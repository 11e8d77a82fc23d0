"""The one graph component: it trains on the examples' metadata and sets intent and facets on every message."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.learner import Learner
from bot.nlu.reader import Reader

FALLBACK = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SituationReader(GraphComponent):
    """Reads the situation out of a message; the work is in `Reader`, which knows nothing of Rasa."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: whether the sentence encoder votes."""
        return {"encoder": True}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, reader: Reader | None = None
    ) -> None:
        """Keep what Rasa hands over."""
        self.config = config
        self._storage = model_storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SituationReader:
        """Create an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a hash of this package: Rasa looks at this class alone, and would reuse a model of older rules."""
        digest = hashlib.sha256()
        for file in sorted(Path(__file__).parent.rglob("*.*")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Train on every example that has an intent; its metadata is the situation that it expresses."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        labels = [
            {"intent": example.get(INTENT)} | ((example.get(METADATA) or {}).get(METADATA_EXAMPLE) or {})
            for example in examples
        ]
        learner = Learner.fit([example.get(TEXT) for example in examples], labels, use_encoder=self.config["encoder"])
        with self._storage.write_to(self._resource) as folder:
            learner.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SituationReader:
        """Load what `train` wrote."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Reader.load(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent, its ranking and the facets."""
        assert self._reader, "Rasa loads a trained component before it processes messages"  # noqa: S101
        for message in messages:
            reading = self._reader.read(str(message.get(TEXT) or ""))
            best = reading.ranking[0][1]
            ranking: list[dict[str, Any]] = [{"name": name, "confidence": sure} for name, sure in reading.ranking]
            if not reading.understood:
                ranking.insert(0, {"name": FALLBACK, "confidence": 1 - best})
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[:10], add_to_output=True)
            message.set("facets", reading.facets, add_to_output=True)
        return messages
