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

/**
 * The archive of decided requests that exceed the queue's limit: a file of JSON lines, oldest first. Used only by the holder of the queue's
 * lock.
 */
final class DecidedChanges {
    private final Path file;

    DecidedChanges(Path file) {
        this.file = file;
    }

    /**
     * Archives the oldest decided requests durably and returns the others. The last request always stays, because the next id follows from
     * its id.
     */
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
        try (LockedFile locked = LockedFile.awaitToWrite(file, DurableFiles.parent(file));
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
