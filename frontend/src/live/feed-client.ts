/** What to do with each frame: a state machine without I/O; the twin of the server's client.py. */

import type { Board, Frame, Snapshot } from "./documents";
import { applyAll, boardOf } from "./reduce";

const MAX_BUFFERED = 1000;

/**
 * `listen`: take the next frame. `refetch`: get a snapshot, the socket stays open.
 * `resume`: open a new socket from where the board stands.
 */
export type Next = "listen" | "refetch" | "resume";

type EventsFrame = Extract<Frame, { type: "events" }>;

export class FeedClient {
  #streamEpoch: string | null = null;
  #awaitingSnapshot = true;
  #buffered: EventsFrame[] = [];

  /** Go on from a board that was kept, or from nothing. */
  constructor(public board: Board | null = null) {}

  /** The query of a new socket; call it when opening one, for it forgets the old one. */
  resumeFrom(): Record<string, string> {
    this.#streamEpoch = null;
    this.#buffered = [];
    this.#awaitingSnapshot = this.board === null;
    return this.board === null ? {} : { epoch: this.board.epoch, since: String(this.board.seq) };
  }

  /** Start over from a snapshot, then from what was said meanwhile. */
  takeSnapshot(snapshot: Snapshot): Next {
    this.board = boardOf(snapshot);
    this.#awaitingSnapshot = false;
    const held = this.#buffered;
    this.#buffered = [];
    if (snapshot.epoch !== this.#streamEpoch) return "resume";
    return held.every((frame) => this.follow(frame) === "listen") ? "listen" : "resume";
  }

  /** Follow one frame of the socket. */
  follow(frame: Frame): Next {
    switch (frame.type) {
      case "hello":
        this.#streamEpoch = frame.epoch;
        return this.#awaitingSnapshot ? "refetch" : "listen";
      case "reset":
        this.#streamEpoch = frame.epoch;
        this.#buffered = [];
        this.#awaitingSnapshot = true;
        return "refetch";
      case "events":
        return this.#applyEvents(frame);
      case "heartbeat":
        return this.#awaitingSnapshot || frame.seq <= this.#seq ? "listen" : "resume";
      default:
        return "listen";
    }
  }

  get #seq(): number {
    return this.board?.seq ?? -1;
  }

  #applyEvents(frame: EventsFrame): Next {
    if (this.#awaitingSnapshot) {
      this.#buffered.push(frame);
      return this.#buffered.length <= MAX_BUFFERED ? "listen" : "resume";
    }
    if (this.board === null || frame.prev > this.#seq) return "resume";
    const fresh = frame.events.filter((event) => event.seq > this.#seq);
    const seq = Math.max(this.#seq, frame.seq);
    this.board = { ...applyAll(this.board, fresh), seq };
    return "listen";
  }
}
