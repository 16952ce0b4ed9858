import { X } from "lucide";
import { Button, IconButton } from "../ui/button";
import { Progress } from "../ui/progress";
import { MOST_BYTES, type Upload, type Uploads } from "./uploads";

/** Uploads in progress, and those that failed. */
export function UploadList({ uploads }: { uploads: Uploads }) {
  const going = uploads.going.value;
  if (going.length === 0) return null;
  return (
    <ul class="uploads" aria-label="Files on their way">
      {going.map((upload) => (
        <li key={upload.key}>
          <span class="ellipsis">{upload.file.name}</span>
          {upload.problem ? (
            <Refused upload={upload} uploads={uploads} />
          ) : (
            <Progress label={`${upload.file.name} is being sent`} value={upload.share} max={1} />
          )}
          <IconButton
            icon={X}
            label={`Do not send ${upload.file.name}`}
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
      Not sent. {problem?.title}
      {file.size <= MOST_BYTES && (
        <Button small onClick={() => uploads.retry(upload)}>
          Retry
        </Button>
      )}
    </span>
  );
}
