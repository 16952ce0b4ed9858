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

interface Props {
  owed: components["schemas"]["SignatureOwed"];
  done: () => Promise<void>;
}

/** A version of the agreement that I have not signed. */
export function SignatureRow({ owed, done }: Props) {
  const here = useWorkspace();
  const action = useAction();
  const sign = async () => {
    const path = "/api/workspaces/{workspace}/agreement/versions/{version}/signature";
    await answer(api.PUT(path, { params: here.pathParams({ version: owed.version }) }));
    toast(t.agreementSigned);
    await done();
  };
  return (
    <li class="ask">
      <Chip icon={PenLine}>{t.toSign}</Chip>
      <div class="ask-what">
        <a class="main" href={here.pageUrl("/agreement")}>
          {t.agreementVersion({ title: owed.title, version: String(owed.version) })}
        </a>
        <p class="facts">{t.agreementMeans}</p>
      </div>
      <div class="ask-acts">
        <Button small onClick={() => action.run(sign)}>
          {t.sign}
        </Button>
      </div>
      <RequestError of={action} />
    </li>
  );
}
