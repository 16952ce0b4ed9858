import { answer, api } from "../../api/client";
import { announce } from "../../parts/announce";
import { useDerived } from "../../parts/derived";
import { Field } from "../../parts/field";
import { Form, textOf } from "../../parts/form";
import { keyOf } from "../../parts/names";

/** A new project; it appears through the feed. */
export function ProjectForm({ slug, done }: { slug: string; done: () => void }) {
  const key = useDerived(keyOf);
  const shown = key.value.toUpperCase() || "ABC";
  const send = async (form: FormData) => {
    const body = { name: textOf(form, "name"), key: textOf(form, "key"), purpose: "" };
    const params = { path: { workspace: slug } };
    await answer(api.POST("/api/workspaces/{workspace}/projects", { params, body }));
    announce(`Project ${body.name} created`);
    done();
  };
  return (
    <Form action="Create project" send={send}>
      <Field
        name="name"
        label="Name"
        autoComplete="off"
        required
        maxLength={200}
        onInput={(event) => key.follow(event.currentTarget.value)}
      />
      <Field
        name="key"
        label="Key"
        autoComplete="off"
        autoCapitalize="characters"
        spellcheck={false}
        required
        maxLength={10}
        pattern="[A-Za-z][A-Za-z0-9]{1,9}"
        title="Use a letter, then 1 to 9 letters or digits."
        value={key.value}
        onInput={(event) => key.type(event.currentTarget.value)}
        hint={`Its tasks are ${shown}-1, ${shown}-2 and so on. The key never changes.`}
      />
    </Form>
  );
}
