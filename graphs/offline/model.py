"""The chat model's shell around the rules: what LangChain expects of a model, without a network."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, SystemMessage
from langchain_core.messages.utils import count_tokens_approximately
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable

from graphs.offline import client, owner
from graphs.offline.reading import Answer, Call
from tools.registry import AURORA, CLIENT

AURORAS, CLIENTS = (frozenset(tool.name for tool in tools) for tools in (AURORA, CLIENT))
# Every request has as many system messages: what it begins and ends with. One more asks for the reply again.
INSTRUCTIONS = 2
UNFINISHED = "Desculpe, não consegui terminar isso agora. Pode me dizer de outro jeito o que você precisa?"


class OfflineChatModel(BaseChatModel):
    """Answers from rules. The tools that are bound say for whom: Aurora's for an owner, the client agent's for a customer."""

    tool_names: frozenset[str] = frozenset()

    @property
    def _llm_type(self) -> str:
        return "patas-offline"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Runnable[LanguageModelInput, AIMessage]:
        """Return the same model with these tools at hand; without any it only speaks."""
        return self.model_copy(update={"tool_names": frozenset(tool["function"]["name"] for tool in tools)})

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **_: Any
    ) -> ChatResult:
        answer = self._answer(messages)
        reply = AIMessage(
            answer if isinstance(answer, str) else "",
            tool_calls=[{"name": answer.name, "args": answer.args, "id": f"call_{uuid4().hex}"}] if isinstance(answer, Call) else [],
            response_metadata={"model_name": "offline"},
        )
        # Nobody is billed for these tokens; they show how long the prompt is.
        read, written = count_tokens_approximately(messages), count_tokens_approximately([reply])
        reply.usage_metadata = {"input_tokens": read, "output_tokens": written, "total_tokens": read + written}
        return ChatResult(generations=[ChatGeneration(message=reply)])

    async def _agenerate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: AsyncCallbackManagerForLLMRun | None = None, **_: Any
    ) -> ChatResult:
        return self._generate(messages)

    def _answer(self, messages: list[BaseMessage]) -> Answer:
        if sum(isinstance(message, SystemMessage) for message in messages) > INSTRUCTIONS:
            # What was just said has no receipt; rules would only say it again.
            return UNFINISHED
        if self.tool_names == AURORAS:
            return owner.answer(messages)
        if self.tool_names == CLIENTS:
            return client.answer(messages)
        return UNFINISHED
