/** Requests for the same thing overtake each other: an older answer never replaces a newer one. */
export class LatestRequest {
  #asked = 0;
  #taken = 0;

  /** Begin a request. The function that this gives says whether its answer is still news. */
  start(): () => boolean {
    this.#asked += 1;
    const mine = this.#asked;
    return () => {
      if (mine < this.#taken) return false;
      this.#taken = mine;
      return true;
    };
  }

  /** Something newer is known than whatever was asked for so far. */
  supersede(): void {
    this.#asked += 1;
    this.#taken = this.#asked;
  }
}
