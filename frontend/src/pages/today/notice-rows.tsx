import { AtSign, Check, CircleAlert, CirclePause, Gavel, Handshake, Megaphone, RotateCcw, UserCheck } from "lucide";
import type { IconNode } from "lucide";
import t from "locale:today";
import { minute } from "../../api/clock";
import type { NoticeOut } from "../../parts/notices/requests";
import { Avatar } from "../../parts/people/avatar";
import { agoWords } from "../../parts/time/relative-time";
import { localNow, timeWords } from "../../parts/time/times";
import { Button } from "../../parts/ui/button";
import { Chip, type Tone } from "../../parts/ui/chip";
import { AskAgain } from "./ask-again";
import type { Desk } from "./desk";
import { answeredWords, noticeWords } from "./notice-words";
import { RowFrame } from "./row-frame";
import { noticeRow } from "./rows";

interface Props {
  notice: NoticeOut;
  desk: Desk;
}

const ICONS: Partial<Record<NoticeOut["kind"], [IconNode, Tone]>> = {
  answered: [Check, "good"],
  promised: [Handshake, "info"],
  breached: [CircleAlert, "bad"],
  assigned: [UserCheck, "plain"],
  mentioned: [AtSign, "plain"],
  decision_decided: [Gavel, "plain"],
  project_update: [Megaphone, "plain"],
};

function KindChip({ kind }: Pick<NoticeOut, "kind">) {
  const [icon, tone] = ICONS[kind] ?? [CirclePause, "plain"];
  return (
    <Chip icon={icon} tone={tone}>
      {t.noticeKind({ kind })}
    </Chip>
  );
}

/** `WEB-12 Payments`, or the conversation. */
function titleOf({ task, decision, title }: NoticeOut) {
  const key = (task ?? decision)?.key;
  return (
    <>
      {key && <span class="key">{key}</span>} {title}
    </>
  );
}

function WhatWasSaid({ notice: { actor, excerpt } }: Pick<Props, "notice">) {
  if (!actor) return null;
  return (
    <p class="ask-line">
      <Avatar of={actor} />
      <span class="ellipsis">
        <span class="who">{actor.name}</span> {excerpt}
      </span>
    </p>
  );
}

/** An answer to what I asked, with its beginning and the working time that it took. */
export function AnsweredRow({ notice, desk }: Props) {
  const { keys, acts } = desk;
  const { id, topic, actor, answered_in_s, project } = notice;
  const isAsking = keys.opened.value?.id === id && keys.opened.value.action === "again";
  const canAsk = topic !== null && actor !== null;
  return (
    <RowFrame
      row={noticeRow(notice)}
      desk={desk}
      chip={<KindChip kind="answered" />}
      title={titleOf(notice)}
      acts={
        <>
          {canAsk && (
            <Button
              small
              icon={RotateCcw}
              aria-expanded={isAsking}
              onClick={() => keys.toggle(id, "again")}
            >
              {t.askAgain}
            </Button>
          )}
          <DoneButton notice={notice} acts={acts} />
        </>
      }
      more={
        isAsking && canAsk && <AskAgain notice={id} topic={topic} to={actor} desk={desk} />
      }
    >
      <WhatWasSaid notice={notice} />
      <p class="facts">
        {answered_in_s !== null && <span>{answeredWords(answered_in_s)}</span>}
        {project && <span>{project.name}</span>}
        <span>{agoWords(notice.at, minute.value)}</span>
      </p>
    </RowFrame>
  );
}

/** Something else that I was told. */
export function ToldRow({ notice, desk }: Props) {
  return (
    <RowFrame
      row={noticeRow(notice)}
      desk={desk}
      chip={<KindChip kind={notice.kind} />}
      title={titleOf(notice)}
      acts={<DoneButton notice={notice} acts={desk.acts} />}
    >
      {notice.excerpt && notice.kind !== "breached" && notice.kind !== "promised" && (
        <WhatWasSaid notice={notice} />
      )}
      <p class="facts">
        <span>{noticeWords(notice, minute.value)}</span>
        {notice.project && <span>{notice.project.name}</span>}
        <span>{agoWords(notice.at, minute.value)}</span>
      </p>
    </RowFrame>
  );
}

/** Something that comes back at a time that I chose. */
export function SnoozedRow({ notice, desk }: Props) {
  const { snoozed_until, snoozed_local } = notice;
  const when =
    snoozed_until && snoozed_local
      ? timeWords(snoozed_local, localNow(snoozed_until, snoozed_local, minute.value))
      : "";
  return (
    <RowFrame
      row={noticeRow(notice)}
      desk={desk}
      chip={<Chip icon={CirclePause}>{t.until({ when })}</Chip>}
      title={titleOf(notice)}
    >
      <p class="facts">
        <span>{t.noticeKind({ kind: notice.kind })}</span>
        {notice.project && <span>{notice.project.name}</span>}
      </p>
    </RowFrame>
  );
}

function DoneButton({ notice, acts }: { notice: NoticeOut; acts: Desk["acts"] }) {
  return (
    <Button
      small
      icon={Check}
      onClick={() => acts.done({ title: notice.title, notices: [notice] })}
    >
      {t.done}
    </Button>
  );
}
