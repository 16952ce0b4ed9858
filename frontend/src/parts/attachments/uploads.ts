/** Uploads files before the message or task that they belong to is sent. */

import t from "locale:conversation";
import { type ReadonlySignal, signal } from "@preact/signals";
import { newUuid } from "../../api/random-uuid";
import { problemOf, type Problem, UNREACHABLE } from "../../api/problem";
import type { Attachment } from "./attachment-list";

export const MOST_BYTES = 25 * 1024 * 1024;

export interface Upload {
  /** Its Idempotency-Key, kept for retries. */
  key: string;
  file: File;
  /** The share that has been sent, from 0 to 1. */
  share: number;
  problem: Problem | null;
}

const CREATED = 201;

export class Uploads {
  readonly #going = signal<readonly Upload[]>([]);
  readonly #requests = new Map<string, XMLHttpRequest>();

  constructor(
    private readonly slug: string,
    /** Called when a file has been uploaded. */
    private readonly arrived: (attachment: Attachment) => void,
  ) {}

  /** Uploads that are in progress or were refused. */
  get going(): ReadonlySignal<readonly Upload[]> {
    return this.#going;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const problem = file.size > MOST_BYTES ? tooLarge() : null;
      const upload = { key: newUuid(), file, share: 0, problem };
      this.#going.value = [...this.#going.peek(), upload];
      if (!problem) this.#send(upload);
    }
  }

  retry(upload: Upload): void {
    this.#change(upload.key, { problem: null, share: 0 });
    this.#send(upload);
  }

  drop(key: string): void {
    this.#requests.get(key)?.abort();
    this.#requests.delete(key);
    this.#going.value = this.#going.peek().filter((upload) => upload.key !== key);
  }

  /** Cancel all uploads. */
  close(): void {
    for (const { key } of this.#going.peek()) this.drop(key);
  }

  /** Upload by XMLHttpRequest: fetch reports no upload progress. */
  #send({ key, file }: Upload): void {
    const request = new XMLHttpRequest();
    this.#requests.set(key, request);
    request.open(
      "POST",
      `/api/workspaces/${this.slug}/attachments?name=${encodeURIComponent(file.name)}`,
    );
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = ({ loaded, total }) => this.#change(key, { share: loaded / total });
    request.onerror = () => this.#change(key, { problem: UNREACHABLE });
    request.onload = () => this.#onAnswer(key, request);
    request.send(file);
  }

  #onAnswer(key: string, { status, responseText }: XMLHttpRequest): void {
    const body = parsed(responseText);
    if (status !== CREATED) return this.#change(key, { problem: problemOf(status, body) });
    this.drop(key);
    this.arrived(body as Attachment);
  }

  #change(key: string, change: Partial<Upload>): void {
    const changed = (upload: Upload) => (upload.key === key ? { ...upload, ...change } : upload);
    this.#going.value = this.#going.peek().map(changed);
  }
}

const tooLarge = (): Problem => ({
  type: "urn:dayline:problem:too-large",
  title: t.fileTooLarge,
  status: 413,
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
