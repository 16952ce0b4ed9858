/** Orders requests for the same data, so that an older response never replaces a newer one. */
export class LatestRequest {
  #asked = 0;
  #taken = 0;

  /** Start a request. The returned function says whether its response is the latest so far. */
  start(): () => boolean {
    this.#asked += 1;
    const mine = this.#asked;
    return () => {
      if (mine < this.#taken) return false;
      this.#taken = mine;
      return true;
    };
  }

  /** Make the responses of all requests so far out of date. */
  supersede(): void {
    this.#asked += 1;
    this.#taken = this.#asked;
  }
}
