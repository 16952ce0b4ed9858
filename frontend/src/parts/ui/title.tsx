import { useSignal } from "@preact/signals";
import { Pencil } from "lucide";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import common from "locale:common";
import { Button, IconButton } from "./button";

export interface NotRenamed {
  reason: string;
  /** The title that somebody else gave it meanwhile. */
  theirs?: string;
}

/** Saves another title over the one that was seen. Resolves to the reason if it fails. */
export type Rename = (title: string, over: string) => Promise<NotRenamed | null>;

interface Props {
  title: string;
  heading: RefObject<HTMLHeadingElement | null>;
  rename: Rename | undefined;
}

const LONGEST = 200;

/** A page's title, editable in place with `rename`. */
export function Title({ title, heading, rename }: Props) {
  const editing = useSignal(false);
  const pencil = useRef<HTMLSpanElement>(null);
  const close = () => {
    editing.value = false;
    requestAnimationFrame(() => pencil.current?.querySelector("button")?.focus());
  };
  if (editing.value && rename) return <TitleEdit title={title} rename={rename} close={close} />;
  return (
    <div class="title">
      <h1 ref={heading} tabIndex={-1} dir="auto">
        {title}
      </h1>
      {rename && (
        <span ref={pencil}>
          <IconButton
            icon={Pencil}
            label={common.editTitle}
            onClick={() => (editing.value = true)}
          />
        </span>
      )}
    </div>
  );
}

interface EditProps {
  title: string;
  rename: Rename;
  close: () => void;
}

function TitleEdit({ title, rename, close }: EditProps) {
  const typed = useSignal(title);
  const seen = useRef(title); // the page may get another title meanwhile
  const refused = useSignal<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.select(), []);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const text = typed.peek().trim();
    if (!text || text === title || text === seen.current) return close();
    const failure = await rename(text, seen.current);
    seen.current = failure ? (failure.theirs ?? seen.current) : text;
    refused.value = failure?.reason ?? null;
    if (refused.value === null && typed.peek().trim() === text) close();
  };
  return (
    <form
      class="title"
      onSubmit={(event) => void save(event)}
      onKeyDown={({ key }) => key === "Escape" && close()}
    >
      <h1 class="unseen">{title}</h1>
      <input
        ref={input}
        class="input title-input"
        dir="auto"
        aria-label={common.title}
        aria-invalid={refused.value !== null}
        maxLength={LONGEST}
        value={typed.value}
        onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
      />
      <Button type="submit" kind="primary" small>
        {common.save}
      </Button>
      <Button kind="quiet" small onClick={close}>
        {common.cancel}
      </Button>
      {refused.value && (
        <p class="refused" role="alert">
          {refused.value}
        </p>
      )}
    </form>
  );
}
