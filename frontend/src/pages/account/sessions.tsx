import t from "locale:account";
import { answer, api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { components } from "../../api/schema";
import { signOut } from "../../session/session";
import { announce } from "../../parts/ui/announce";
import { browserOf } from "./browser-name";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { fromNow } from "../../parts/time/relative-time";
import { usePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { Panel } from "../../parts/ui/panel";

type Session = components["schemas"]["SessionOut"];

/** The browsers that are signed in to my account, each with a way to end it. */
export function Sessions() {
  const sessions = usePaged((cursor) =>
    pageOf(api.GET("/api/sessions", { params: { query: cursor ? { cursor } : {} } })),
  );
  const found = sessions.data.value?.items ?? [];
  const ending = useAction();
  const endOthers = async () => {
    await answer(api.DELETE("/api/sessions"));
    announce(t.otherSessionsEnded);
    await sessions.reload();
  };
  const end = async (session: Session) => {
    if (session.is_current) return signOut();
    const params = { path: { session_id: session.id } };
    await answer(api.DELETE("/api/sessions/{session_id}", { params }));
    announce(t.sessionEnded);
    await sessions.reload();
  };
  return (
    <Panel
      title={t.sessions}
      aside={
        found.length > 1 && (
          <button class="button" type="button" onClick={() => ending.run(endOthers)}>
            {t.endAllOthers}
          </button>
        )
      }
    >
      <RequestError of={sessions} />
      <RequestError of={ending} />
      <ul class="rows">
        {found.map((session) => (
          <SessionRow key={session.id} session={session} end={() => ending.run(() => end(session))} />
        ))}
      </ul>
      <ShowMore of={sessions} />
    </Panel>
  );
}

function SessionRow({ session, end }: { session: Session; end: () => void }) {
  const browser = browserOf(session.user_agent);
  return (
    <li>
      <span class="main">{browser}</span>
      {session.is_current && <span class="chip info">{t.thisBrowser}</span>}
      <span class="quiet">
        {session.is_current ? t.inUseNow : t.lastUsed({ when: fromNow(session.last_used_at) })}
      </span>
      <button
        class="button small"
        type="button"
        aria-label={t.endSession({ browser })}
        onClick={end}
      >
        {t.end}
      </button>
    </li>
  );
}
