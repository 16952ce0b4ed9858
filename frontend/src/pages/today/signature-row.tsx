import { PenLine } from "lucide";
import t from "locale:today";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { RequestError } from "../../parts/ui/error-notice";
import { useAction } from "../../parts/ui/action";
import { toast } from "../../parts/ui/toast";
import type { Desk } from "./desk";
import { RowFrame } from "./row-frame";
import { signatureRow } from "./rows";

interface Props {
  owed: components["schemas"]["SignatureOwed"];
  desk: Desk;
}

/** A version of the agreement that I have not signed. */
export function SignatureRow({ owed, desk }: Props) {
  const here = useWorkspace();
  const action = useAction();
  const sign = async () => {
    const path = "/api/workspaces/{workspace}/agreement/versions/{version}/signature";
    await answer(api.PUT(path, { params: here.pathParams({ version: owed.version }) }));
    toast(t.agreementSigned);
    await desk.done();
  };
  return (
    <RowFrame
      row={signatureRow(owed)}
      desk={desk}
      chip={<Chip icon={PenLine}>{t.toSign}</Chip>}
      title={t.agreementVersion({ title: owed.title, version: String(owed.version) })}
      acts={
        <Button small onClick={() => action.run(sign)}>
          {t.sign}
        </Button>
      }
      more={<RequestError of={action} />}
    >
      <p class="facts">{t.agreementMeans}</p>
    </RowFrame>
  );
}
