package dev.agenttower.workspace.policy;

import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.policy.PolicyReader;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.unix.file.RegularFiles;
import dev.agenttower.workspace.file.FileState;
import dev.agenttower.workspace.file.JacksonJson;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policy in the {@code config} directory of a project, read again whenever one of its files changes. Thread-safe. */
public final class WorkspacePolicy implements PolicySource {
    private static final FileState FRAMEWORK = new FileState("framework", 0, FileState.MISSING.modified());
    private static final FileState NOWHERE = new FileState("nowhere", 0, FileState.MISSING.modified());
    private static final long MAX_SIZE = 16L << 20;

    private final Path root;
    private final Path jurisdictions;
    private final Path specs;
    private final Path settings;
    private final File framework;
    private final InstantSource clock;
    private final PolicyReader reader = new PolicyReader(new JacksonJson());
    private volatile @Nullable Loaded loaded;

    /** The policy of the project below a directory. */
    public WorkspacePolicy(Path root, InstantSource clock) {
        this.root = root;
        this.jurisdictions = root.resolve(PolicyFiles.JURISDICTIONS);
        this.specs = root.resolve(PolicyFiles.SPECS);
        this.settings = root.resolve(PolicyFiles.SETTINGS);
        this.framework = root.resolve("adt_core").toFile();
        this.clock = clock;
    }

    @Override
    public Policy current() {
        List<FileState> states = states();
        Loaded last = loaded;
        if (last != null && last.isSettled && last.states.equals(states)) {
            return last.policy;
        }
        return load();
    }

    private Policy load() {
        while (true) {
            long now = clock.millis();
            List<FileState> before = states();
            Policy policy = read();
            if (before.equals(states())) {
                loaded = new Loaded(before, policy, before.stream().allMatch(state -> state.isSettled(now)));
                return policy;
            }
        }
    }

    private Policy read() {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, String> unreadable = new LinkedHashMap<>();
        for (String file : PolicyFiles.ALL) {
            Path path = root.resolve(file);
            if (!path.toFile().exists()) {
                if (Files.isSymbolicLink(path)) {
                    unreadable.put(file, "is a link that leads nowhere");
                }
                continue;
            }
            try {
                texts.put(file, RegularFiles.text(RegularFiles.readFollowing(path, MAX_SIZE)));
            } catch (CharacterCodingException e) {
                unreadable.put(file, "is not UTF-8");
            } catch (FileSystemException e) {
                unreadable.put(file, e.getReason() != null ? e.getReason() : unread(e));
            } catch (IOException e) {
                unreadable.put(file, unread(e));
            }
        }
        return reader.read(texts, unreadable, framework.exists(), clock.instant());
    }

    private static String unread(IOException e) {
        return "cannot be read: " + e.getClass().getSimpleName();
    }

    private List<FileState> states() {
        return List.of(
                state(jurisdictions),
                state(specs),
                state(settings),
                framework.exists() ? FRAMEWORK : FileState.MISSING);
    }

    private static FileState state(Path file) {
        FileState state = FileState.ofAny(file);
        return state.equals(FileState.MISSING) && Files.isSymbolicLink(file) ? NOWHERE : state;
    }

    private record Loaded(List<FileState> states, Policy policy, boolean isSettled) {}
}
