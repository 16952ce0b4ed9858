import t from "locale:conversation";
import common from "locale:common";
import { X } from "lucide";
import { Button, IconButton } from "../ui/button";
import { Progress } from "../ui/progress";
import { MOST_BYTES, type Upload, type Uploads } from "./uploads";

/** Uploads in progress, and those that failed. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const going = uploads.going.value;
  if (going.length === 0) return null;
  return (
    <ul class="uploads" aria-label={t.uploadingFiles}>
      {going.map((upload) => (
        <li key={upload.key}>
          <span class="ellipsis">{upload.file.name}</span>
          {upload.problem ? (
            <Refused upload={upload} uploads={uploads} />
          ) : (
            <Progress label={t.uploadingFile({ name: upload.file.name })} value={upload.share} max={1} />
          )}
          <IconButton
            icon={X}
            label={t.removeFile({ name: upload.file.name })}
            onClick={() => uploads.drop(upload.key)}
          />
        </li>
      ))}
    </ul>
  );
}

function Refused({ upload, uploads }: { upload: Upload; uploads: Uploads }) {
  const { problem, file } = upload;
  return (
    <span class="upload-refused" role="alert">
      {t.uploadFailed({ reason: problem?.title ?? "" })}
      {file.size <= MOST_BYTES && (
        <Button small onClick={() => uploads.retry(upload)}>
          {common.tryAgain}
        </Button>
      )}
    </span>
  );
}
