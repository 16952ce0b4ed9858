import { Button } from "../../parts/ui/button";
import { ErrorNotice } from "../../parts/ui/error-notice";
import { ConflictNotice } from "../../parts/form/conflict-notice";
import type { Autosave } from "./autosave";
import type { WholeDecision } from "./data";

interface Props {
  of: Autosave;
  /** What was not saved: `The context`. */
  what: string;
  /** The other version, as text. */
  textIn: (theirs: WholeDecision) => string;
}

/** The status of an autosaved field, and its conflict or error. */
export function AutosaveStatus({ of, what, textIn }: Props) {
  const { status, problem, theirs } = of;
  if (theirs.value) {
    return (
      <ConflictNotice text={textIn(theirs.value)}>
        <span class="form-end">
          <Button small onClick={of.takeTheirs}>
            Keep theirs
          </Button>
          <Button small onClick={() => void of.replace()}>
            Save mine instead
          </Button>
        </span>
      </ConflictNotice>
    );
  }
  if (problem.value) {
    return (
      <ErrorNotice
        what={`${what} was not saved.`}
        problem={problem.value}
        kept="What you typed is kept in this browser."
        retry={() => void of.flush()}
      />
    );
  }
  return <span class="quiet keeping">{WORDS[status.value]}</span>;
}

const WORDS = {
  saved: "",
  typed: "Not saved yet",
  saving: "Saving…",
  settled: "Saved",
};
