package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;

/** Creates files authorized by a human and announces them to {@link SovereignDrift}, so that they are not reported as drift. */
public final class AuthorizedFiles implements FreshFiles {
    private final FreshFiles files;
    private final SovereignDrift drift;

    /** Files that {@code files} creates. */
    public AuthorizedFiles(FreshFiles files, SovereignDrift drift) {
        this.files = files;
        this.drift = drift;
    }

    @Override
    public boolean create(String path, String text) {
        if (files.exists(path)) {
            return false;
        }
        String sha256 = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
        drift.expect(path, sha256);
        boolean isCreated = false;
        try {
            isCreated = files.create(path, text);
            return isCreated;
        } finally {
            if (isCreated) {
                drift.confirm(path, sha256);
            } else {
                drift.settle(path);
            }
        }
    }

    @Override
    public boolean createDirectory(String path) {
        return files.createDirectory(path);
    }

    @Override
    public boolean exists(String path) {
        return files.exists(path);
    }
}
