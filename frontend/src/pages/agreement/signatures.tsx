import { PenLine } from "lucide";
import t from "locale:agreement";
import { minute } from "../../api/clock";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { Panel } from "../../parts/ui/panel";
import { strong } from "../../parts/ui/tags";
import { toast } from "../../parts/ui/toast";
import type { Agreement } from "./data";
import { utcWords } from "./terms";

const SIGNATURE = "/api/workspaces/{workspace}/agreement/versions/{version}/signature";

interface Props {
  agreement: Agreement;
  reload: () => Promise<void>;
}

/** Asks for my signature while it is missing. */
export function SignNow({ agreement, reload }: Props) {
  const here = useWorkspace();
  const action = useAction();
  if (!agreement.unsigned_by_me) return null;
  const { version } = agreement;
  const sign = async () => {
    await answer(api.PUT(SIGNATURE, { params: here.pathParams({ version }) }));
    toast(t.agreementSigned);
    await reload();
  };
  return (
    <div class="call-to-action">
      <p>{t.notSignedByYou({ version, b: strong })}</p>
      <Button kind="primary" icon={PenLine} onClick={() => action.run(sign)}>
        {t.signVersion({ version })}
      </Button>
      <RequestError of={action} />
    </div>
  );
}

/** Who has signed and who hasn't. Guests can't see it. */
export function Signatures({ agreement: { signatures, unsigned } }: { agreement: Agreement }) {
  if (!signatures) return null;
  const asked = unsigned ?? [];
  const total = signatures.length + asked.length;
  const count = t.signedCount({ count: signatures.length, total });
  return (
    <Panel title={t.signatures} aside={<span class="quiet">{count}</span>}>
      {total === 0 && <p class="empty">{t.noSignatures}</p>}
      <ul class="rows" aria-label={t.signatures}>
        {asked.map(({ member_id, name }) => (
          <li key={member_id}>
            <SignerName id={member_id} name={name} />
            <Chip tone="warn" icon={PenLine}>
              {t.notSigned}
            </Chip>
          </li>
        ))}
        {signatures.map(({ member_id, name, signed_at }) => (
          <li key={member_id}>
            <SignerName id={member_id} name={name} />
            <span class="quiet">{t.signedOn({ time: utcWords(signed_at, minute.value) })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function SignerName({ id, name }: { id: string; name: string }) {
  return (
    <span class="main person">
      <Avatar of={{ id, name }} />
      <span class="ellipsis">{name}</span>
    </span>
  );
}
