import { useId, useRef } from "preact/hooks";
import { announce } from "./announce";
import { copyText } from "./clipboard";

/** A secret that is shown this one time, with a button that copies it. */
export function OneTimeSecret({ label, value, note }: { label: string; value: string; note: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const copy = async () => {
    input.current?.select();
    await copyText(value);
    announce("Copied");
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy">
        <input
          ref={input}
          id={id}
          class="code"
          readOnly
          value={value}
          aria-describedby={`${id}-note`}
          onFocus={() => input.current?.select()}
        />
        <button class="button" type="button" onClick={copy}>
          Copy
        </button>
      </div>
      <p class="hint" id={`${id}-note`}>
        {note}
      </p>
    </div>
  );
}
