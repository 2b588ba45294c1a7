// Hints from the server, and a slow look round for those that got lost.

const SLOW = 5000;

export class Live {
  constructor({ onHint, onState, onLookRound }) {
    this.onHint = onHint;
    this.onState = onState;
    this.timer = setInterval(() => document.hidden || onLookRound(), SLOW);
    document.addEventListener("visibilitychange", () => document.hidden || onLookRound());
    this.watched = "";
    onState("waiting");
  }

  watch(conversationIds) {
    const watched = [...new Set(conversationIds.filter(Boolean))].sort().join(",");
    if (watched === this.watched) return;
    this.watched = watched;
    this.source?.close();
    clearTimeout(this.again);
    if (watched) this.open(watched);
  }

  open(watched) {
    const query = new URLSearchParams(watched.split(",").map((id) => ["conversation", id]));
    const source = new EventSource(`/simulator/events?${query}`);
    this.source = source;
    source.addEventListener("hint", (event) => {
      this.onState("live");
      const hint = JSON.parse(event.data);
      this.onHint(hint.conversation_id, hint.kind);
    });
    source.onerror = () => {
      this.onState("slow");
      // The browser comes back by itself, except after an error answer: then it is up to us.
      if (source.readyState !== EventSource.CLOSED) return;
      this.again = setTimeout(() => this.watched === watched && this.open(watched), SLOW);
    };
  }
}
