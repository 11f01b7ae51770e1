package dev.agenttower.workspace.change;

import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.LockedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where decided requests go that are too many for the queue: a file of lines, oldest first. To be used by who has the queue. */
final class DecidedChanges {
    private final Path file;

    DecidedChanges(Path file) {
        this.file = file;
    }

    /** The requests without the oldest decided ones, which are on disk here when this returns. The last one stays: the next id comes after its. */
    List<ChangeRequest> withoutOldest(List<ChangeRequest> requests) throws IOException {
        List<ChangeRequest> kept = new ArrayList<>();
        List<ChangeRequest> gone = new ArrayList<>();
        long bytes = 0;
        int decided = 0;
        for (int i = requests.size() - 1; i >= 0; i--) {
            ChangeRequest request = requests.get(i);
            boolean isTooMuch = false;
            if (!request.isPending()) {
                bytes += request.bytes();
                isTooMuch = ++decided > Limits.DECIDED || bytes > Limits.DECIDED_BYTES;
            }
            (isTooMuch && i < requests.size() - 1 ? gone : kept).add(0, request);
        }
        if (!gone.isEmpty()) {
            append(gone);
        }
        return kept;
    }

    private void append(List<ChangeRequest> decided) throws IOException {
        try (LockedFile locked = LockedFile.awaitToWrite(file);
                FileChannel channel = locked.readAndWrite()) {
            channel.position(channel.size());
            for (ChangeRequest request : decided) {
                String line = JsonForm.line(request.fields()) + "\n";
                DurableFiles.writeFully(channel, ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            }
            channel.force(true);
        }
    }
}
