package dev.agenttower.daemon;

import dev.agenttower.core.governance.human.BrokenPassphraseException;
import dev.agenttower.core.governance.human.OperatorPassphrase;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.Inode;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's passphrase in a file, read on each use. Thread-safe.
 *
 * <p>A file that others can read allows offline guessing, and one that others can write can be replaced: neither is used, and then no
 * passphrase is accepted.
 */
final class PassphraseFile implements OperatorPassphrase {
    private static final long LARGEST = 4096;
    private static final int OTHERS = 077;

    private final Path file;
    private final JsonText json;
    private final long uid;

    /** The file of a user. */
    PassphraseFile(Path file, JsonText json, long uid) {
        this.file = file;
        this.json = json;
        this.uid = uid;
    }

    @Override
    public Optional<PassphraseHash> stored() {
        try {
            Optional<Inode> inode = Inode.at(file);
            if (inode.isEmpty()) {
                return Optional.empty();
            }
            check(inode.get());
            String text = RegularFiles.text(RegularFiles.readFollowing(file, LARGEST));
            if (!(json.read(text) instanceof Map<?, ?> fields)) {
                throw new BrokenPassphraseException(file + " holds no passphrase", null);
            }
            return Optional.of(hash(fields));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (MalformedJsonException e) {
            throw new BrokenPassphraseException(file + " is no JSON: " + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw new BrokenPassphraseException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private PassphraseHash hash(Map<?, ?> fields) {
        try {
            return PassphraseHash.of(fields);
        } catch (BrokenPassphraseException e) {
            throw new BrokenPassphraseException(file + " holds no passphrase", e);
        }
    }

    private void check(Inode inode) {
        if (inode.kind() != FileKind.FILE) {
            throw new BrokenPassphraseException(file + " is a " + inode.kind().words() + ", not a regular file", null);
        }
        if (inode.uid() != uid) {
            throw new BrokenPassphraseException(file + " belongs to uid " + inode.uid() + ", not to " + uid, null);
        }
        if ((inode.permissions() & OTHERS) != 0) {
            throw new BrokenPassphraseException(
                    file + " has mode 0" + Integer.toOctalString(inode.permissions()) + ", expected 0600", null);
        }
    }
}
