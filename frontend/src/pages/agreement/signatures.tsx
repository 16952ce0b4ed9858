import { PenLine } from "lucide";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { Avatar } from "../../parts/people/avatar";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { Panel } from "../../parts/ui/panel";
import { toast } from "../../parts/ui/toast";
import type { Agreement } from "./data";
import { utcWords } from "./terms";

const SIGNATURE = "/api/workspaces/{workspace}/agreement/versions/{version}/signature";

interface Props {
  agreement: Agreement;
  reload: () => Promise<void>;
}

/** Asks for my signature, for as long as it is missing. */
export function SignNow({ agreement, reload }: Props) {
  const here = useWorkspace();
  const action = useAction();
  if (!agreement.unsigned_by_me) return null;
  const sign = async () => {
    await answer(api.PUT(SIGNATURE, { params: here.pathParams({ version: agreement.version }) }));
    toast("You signed the agreement");
    await reload();
  };
  return (
    <div class="call-to-action">
      <p>
        <strong>You have not signed version {agreement.version}.</strong> Signing says that you have
        read it and answer within its windows.
      </p>
      <Button kind="primary" icon={PenLine} onClick={() => action.run(sign)}>
        Sign version {agreement.version}
      </Button>
      <RequestError of={action} />
    </div>
  );
}

/** Who has signed, and who has not. Guests are not told. */
export function Signatures({ agreement: { signatures, unsigned } }: { agreement: Agreement }) {
  if (!signatures) return null;
  const asked = unsigned ?? [];
  const count = `${signatures.length} of ${signatures.length + asked.length} signed`;
  return (
    <Panel title="Signatures" aside={<span class="quiet">{count}</span>}>
      {signatures.length + asked.length === 0 && <p class="empty">Nobody signed this version.</p>}
      <ul class="rows" aria-label="Signatures">
        {asked.map(({ member_id, name }) => (
          <li key={member_id}>
            <SignerName id={member_id} name={name} />
            <Chip tone="warn" icon={PenLine}>
              Has not signed
            </Chip>
          </li>
        ))}
        {signatures.map(({ member_id, name, signed_at }) => (
          <li key={member_id}>
            <SignerName id={member_id} name={name} />
            <span class="quiet">signed {utcWords(signed_at)}</span>
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
