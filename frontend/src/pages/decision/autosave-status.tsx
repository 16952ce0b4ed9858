import t from "locale:decision";
import common from "locale:common";
import { Button } from "../../parts/ui/button";
import { ErrorNotice } from "../../parts/ui/error-notice";
import { ConflictNotice } from "../../parts/form/conflict-notice";
import type { Autosave } from "./autosave";
import type { WholeDecision } from "./data";

interface Props {
  of: Autosave;
  /** The field, as the message about a failure names it. */
  field: "context" | "recommendation" | "options" | "stakeholders";
  /** The other version, as text. */
  textIn: (theirs: WholeDecision) => string;
}

/** The status of an autosaved field, and its conflict or error. */
export function AutosaveStatus({ of, field, textIn }: Props) {
  const { status, problem, theirs } = of;
  if (theirs.value) {
    return (
      <ConflictNotice text={textIn(theirs.value)}>
        <span class="form-end">
          <Button small onClick={of.takeTheirs}>
            {common.acceptTheirs}
          </Button>
          <Button small onClick={() => void of.replace()}>
            {common.saveMine}
          </Button>
        </span>
      </ConflictNotice>
    );
  }
  if (problem.value) {
    return (
      <ErrorNotice
        what={t.couldNotSave({ field })}
        problem={problem.value}
        kept={common.keptInBrowser}
        retry={() => void of.flush()}
      />
    );
  }
  return <span class="quiet keeping">{WORDS[status.value]()}</span>;
}

const WORDS = {
  saved: () => "",
  typed: () => t.notSavedYet,
  saving: () => t.saving,
  settled: () => t.saved,
};
