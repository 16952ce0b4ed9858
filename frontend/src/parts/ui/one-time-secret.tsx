import { useId, useRef } from "preact/hooks";
import common from "locale:common";
import { copy } from "./clipboard";

/** A secret that is shown once, with a button that copies it. */
export function OneTimeSecret({ label, value, note }: { label: string; value: string; note: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const copySecret = () => {
    input.current?.select();
    void copy(value);
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
        <button class="button" type="button" onClick={copySecret}>
          {common.copy}
        </button>
      </div>
      <p class="hint" id={`${id}-note`}>
        {note}
      </p>
    </div>
  );
}
