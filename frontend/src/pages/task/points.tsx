import t from "locale:task";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { CircleCheck, CircleDashed, Pencil } from "lucide";
import { useRef } from "preact/hooks";
import { answer, api, ifMatch } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button, IconButton } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { Icon } from "../../parts/ui/icon";
import { Panel } from "../../parts/ui/panel";
import { Rendered } from "../../parts/data/rendered";
import { saveOverOthers } from "../../live/save";
import { TextEdit } from "../../parts/form/text-edit";

export type WholeTask = components["schemas"]["TaskOut"];

const points = () =>
  [
    ["context", t.context, t.contextHint],
    ["request", t.request, t.requestHint],
    ["deadline", t.deadline, t.deadlineHint],
    ["options", t.options, t.optionsHint],
    ["authority", t.authority, t.authorityHint],
  ] as const;

type Point = ReturnType<typeof points>[number][0];

interface Props {
  task: WholeTask;
  canEdit: boolean;
  saved: (task: WholeTask) => void;
}

/** The brief: five points, what each says, and which are missing. */
export function Points({ task, canEdit, saved }: Props) {
  const editing = useSignal<Point | null>(null);
  const close = () => (editing.value = null);
  const all = points();
  const count = all.filter(([point]) => task.points[point]).length;
  const missing = all.filter(([point]) => !task.points[point] && editing.value !== point);
  return (
    <Panel
      title={t.brief}
      aside={
        <Chip
          tone={count === all.length ? "good" : "plain"}
          icon={count === all.length ? CircleCheck : CircleDashed}
        >
          {t.pointsWritten({ count, total: all.length })}
        </Chip>
      }
    >
      <div class="points">
        {all.map(([point, name, hint]) =>
          editing.value === point ? (
            <PointEdit
              key={point}
              task={task}
              point={point}
              name={name}
              hint={hint}
              saved={saved}
              close={close}
            />
          ) : (
            task.points[point] && (
              <section key={point} class="point" aria-label={name}>
                <h3>
                  <Icon of={CircleCheck} />
                  {name}
                </h3>
                {canEdit && (
                  <IconButton
                    icon={Pencil}
                    label={t.editPoint({ point: name })}
                    onClick={() => (editing.value = point)}
                  />
                )}
                <Rendered html={task.html[point]} />
              </section>
            )
          ),
        )}
        {missing.length > 0 && (
          <ul class="points-missing" aria-label={t.missing}>
            {missing.map(([point, name, hint]) => (
              <li key={point}>
                <Icon of={CircleDashed} />
                <span class="strong">{name}</span>
                <span class="quiet grow">{hint}</span>
                {canEdit && (
                  <Button
                    small
                    kind="quiet"
                    aria-label={t.addPoint({ point: name })}
                    onClick={() => (editing.value = point)}
                  >
                    {common.add}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

interface EditProps extends Omit<Props, "canEdit"> {
  point: Point;
  name: string;
  hint: string;
  close: () => void;
}

const ONE = "/api/workspaces/{workspace}/tasks/{key}";

function PointEdit({ task, point, name, hint, saved, close }: EditProps) {
  const here = useWorkspace();
  const begun = useRef(task).current;
  const params = here.pathParams({ key: task.key });
  const send = async (text: string, over?: WholeTask) => {
    const outcome = await saveOverOthers<WholeTask>({
      base: over ?? begun,
      fields: [point],
      read: () => answer(api.GET(ONE, { params })),
      send: (rev) => {
        return answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, body: { [point]: text } }));
      },
    });
    if (outcome.kind === "settled") saved(outcome.document);
    return outcome;
  };
  return (
    <section class="point" aria-label={name}>
      <h3>
        <Icon of={Pencil} />
        {name}
      </h3>
      <TextEdit
        label={name}
        placeholder={hint}
        field={`task:${task.id}:${point}`}
        initial={begun[point]}
        save={send}
        textIn={(theirs: WholeTask) => theirs[point]}
        close={close}
      />
      <p class="quiet">{t.mentionsAskNoOne}</p>
    </section>
  );
}
