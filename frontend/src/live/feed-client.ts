/**
 * Decides what to do with each frame of the feed. It does no I/O, and mirrors client.py of the
 * server.
 */

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

  /** Continue from a cached board, or start from nothing. */
  constructor(public board: Board | null = null) {}

  /** The query for a new socket. Calling it forgets the old socket's state. */
  resumeFrom(): Record<string, string> {
    this.#streamEpoch = null;
    this.#buffered = [];
    this.#awaitingSnapshot = this.board === null;
    return this.board === null ? {} : { epoch: this.board.epoch, since: String(this.board.seq) };
  }

  /** Start from a snapshot and apply the events that arrived meanwhile. */
  takeSnapshot(snapshot: Snapshot): Next {
    this.board = boardOf(snapshot);
    this.#awaitingSnapshot = false;
    const held = this.#buffered;
    this.#buffered = [];
    if (snapshot.epoch !== this.#streamEpoch) return "resume";
    return held.every((frame) => this.follow(frame) === "listen") ? "listen" : "resume";
  }

  /** Apply one frame of the socket. */
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
