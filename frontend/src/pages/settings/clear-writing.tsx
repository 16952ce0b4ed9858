import t from "locale:administration";
import common from "locale:common";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import type { Workspace } from "../../live/documents";
import { useBoard, useWorkspace } from "../../live/workspace";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { EditPanel } from "../../parts/form/edit-form";
import { textOf } from "../../parts/form/form";
import { Select } from "../../parts/form/select";
import { toast } from "../../parts/ui/toast";

type Levels = components["schemas"]["ClarityOut"];
type Kind = keyof Levels;

const WORKSPACE = "/api/workspaces/{workspace}";
const REASONS = "/api/workspaces/{workspace}/clarity-reasons";
const KINDS: readonly Kind[] = [
  "task_brief",
  "task_comment",
  "discussion",
  "direct_message",
  "urgent",
  "decision",
];
const LEVELS = ["off", "warn", "require"] as const;

/** How strictly each kind of text is checked for the five points. */
export function ClearWritingSection() {
  const here = useWorkspace();
  const { workspace } = useBoard();
  const params = here.pathParams();
  const reasons = useLiveLoaded(() => answer(api.GET(REASONS, { params })), /^(message|task)\./);
  const counts = reasons.data.value?.counts;
  return (
    <EditPanel<Workspace>
      title={t.clearWriting}
      of={workspace}
      action={common.save}
      fieldsIn={(form) => ({ clarity: levelsIn(form) })}
      read={() => answer(api.GET(WORKSPACE, { params }))}
      send={(rev, { clarity }) =>
        answer(
          api.PATCH(WORKSPACE, {
            params: { ...params, header: ifMatch(rev) },
            body: clarity ? { clarity } : {},
          }),
        )
      }
      saved={() => toast(t.clearWritingSaved)}
    >
      {({ clarity }) => (
        <>
          <p class="quiet">{t.clearWritingHint}</p>
          {KINDS.map((kind) => (
            <Select
              key={kind}
              name={kind}
              label={t.clarityKind({ kind })}
              value={clarity[kind]}
              hint={counts && clarity[kind] === "require" ? t.clarityReasons({ count: counts[kind] }) : null}
            >
              {LEVELS.map((level) => (
                <option key={level} value={level} selected={level === clarity[kind]}>
                  {t.clarityLevel({ level })}
                </option>
              ))}
            </Select>
          ))}
        </>
      )}
    </EditPanel>
  );
}

const levelsIn = (form: FormData) =>
  Object.fromEntries(KINDS.map((kind) => [kind, textOf(form, kind)])) as Levels;
