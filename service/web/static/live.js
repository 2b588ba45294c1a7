// Hints from the server, a slow look round for those that got lost, and what the connection light says of both.

import { reach } from "./api.js";

const SLOW = 5000;

export class Live {
  constructor({ onHint, onState, onLookRound }) {
    this.onHint = onHint;
    this.onState = onState;
    this.onLookRound = onLookRound;
    this.watched = "";
    this.reached = null;
    this.hinted = true;
    reach.addEventListener("found", () => this.note({ reached: true }));
    reach.addEventListener("lost", () => this.note({ reached: false }));
    document.addEventListener("visibilitychange", () => this.look());
    this.lookAgain();
  }

  note(news) {
    Object.assign(this, news);
    this.onState(this.reached === null ? "connecting" : !this.reached ? "lost" : this.hinted ? "live" : "slow");
  }

  async look() {
    if (!document.hidden) await this.onLookRound();
  }

  lookAgain() {
    setTimeout(async () => {
      await this.look();
      this.lookAgain();
    }, SLOW);
  }

  watch(conversationIds) {
    const watched = [...new Set(conversationIds.filter(Boolean))].sort().join(",");
    if (watched === this.watched) return;
    this.watched = watched;
    this.source?.close();
    clearTimeout(this.again);
    this.hinted = true;
    if (watched) this.open(watched);
  }

  open(watched) {
    const query = new URLSearchParams(watched.split(",").map((id) => ["conversation", id]));
    const source = new EventSource(`/simulator/events?${query}`);
    this.source = source;
    source.addEventListener("hint", (event) => {
      this.note({ reached: true, hinted: true });
      const hint = JSON.parse(event.data);
      this.onHint(hint.conversation_id, hint.kind);
    });
    source.onerror = () => {
      this.note({ hinted: false });
      this.look(); // only hints may be lost, or the server is gone: asking it tells
      // The browser comes back by itself, except after an error answer: then it is up to us.
      if (source.readyState !== EventSource.CLOSED) return;
      this.again = setTimeout(() => this.watched === watched && this.open(watched), SLOW);
    };
  }
}
