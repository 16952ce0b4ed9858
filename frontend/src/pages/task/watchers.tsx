import t from "locale:task";
import { Bell, BellOff, UserRoundPlus } from "lucide";
import { answer, api } from "../../api/client";
import type { Task } from "../../live/documents";
import { useMe, useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { Icon } from "../../parts/ui/icon";
import { Picker } from "../../parts/ui/picker";
import { memberOption } from "../../parts/people/member-option";

const WATCHER = "/api/workspaces/{workspace}/tasks/{key}/watchers/{member_id}";

/** The people who watch the task. Guests can add or remove only themselves. */
export function Watchers({ task }: { task: Task }) {
  const here = useWorkspace();
  const me = useMe();
  const action = useAction();
  const watching = new Set(task.watchers);
  const toggle = (member_id: string) =>
    action.run(async () => {
      const params = here.pathParams({ key: task.key, member_id });
      await answer(
        watching.has(member_id) ? api.DELETE(WATCHER, { params }) : api.PUT(WATCHER, { params }),
      );
    });
  const names = task.watchers.flatMap((id) => here.live.one("members", id).value ?? []);
  return (
    <section class="watchers" aria-label={t.watchers}>
      <h2>{t.watchers}</h2>
      {names.length > 0 && (
        <ul>
          {names.map((member) => (
            <li key={member.id} title={member.name}>
              <Avatar of={member} size={24} />
              <span class="unseen">{member.name}</span>
            </li>
          ))}
        </ul>
      )}
      <span class="watchers-acts">
        <Button
          small
          kind="quiet"
          icon={watching.has(me.id) ? BellOff : Bell}
          onClick={() => toggle(me.id)}
        >
          {watching.has(me.id) ? t.stopWatching : t.watch}
        </Button>
        {me.role !== "guest" && (
          <Picker
            class="icon-button"
            label={t.editWatchers}
            many
            chosen={watching}
            options={() => options([...here.live.list("members").peek().values()])}
            onPick={toggle}
          >
            <Icon of={UserRoundPlus} />
          </Picker>
        )}
      </span>
      <RequestError of={action} />
    </section>
  );
}

function options(members: readonly ReturnType<typeof useMe>[]) {
  return members
    .filter(({ disabled_at }) => !disabled_at)
    .map(memberOption);
}
