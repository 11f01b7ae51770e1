package dev.agenttower.sqlite;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process on the same database file: {@code prepare} it, or {@code write} to it until killed. */
public final class ChildProcess {
    private ChildProcess() {}

    /** Starts a process; what it prints can be read from it. */
    static Process start(String task, Path database) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildProcess.class.getName(),
                        task,
                        database.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Takes the task and the file. */
    public static void main(String[] args) {
        Path database = Path.of(args[1]);
        System.out.println(Registry.prepare(database));
        if (args[0].equals("write")) {
            write(database);
        }
    }

    private static void write(Path database) {
        try (SqliteStores stores = SqliteStores.open(database)) {
            for (int round = 0; ; round++) {
                List<Pane> panes = panes(round);
                stores.panes().write(writes -> {
                    writes.upsert(panes);
                    return 0;
                });
                System.out.println(round);
            }
        }
    }

    private static List<Pane> panes(int round) {
        List<Pane> panes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            PaneKey key = new PaneKey(new ContainerId("c"), "/s", "round-" + round, i, 0, "%" + i);
            panes.add(new Pane(key, "n", "u", 1, "/dev/pts/1", "sh", "/", "title", true, true, "t", "t"));
        }
        return panes;
    }
}
