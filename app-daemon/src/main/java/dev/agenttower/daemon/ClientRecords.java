package dev.agenttower.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.Evidence;
import dev.agenttower.core.agent.state.Reading;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.role.ProcessMark;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What clients of agents write down of their state: Claude Code 2.1.332 keeps {@code ~/.claude/sessions/PID.json} while it runs, with
 * {@code status} {@code idle}, {@code busy} or {@code waiting}, {@code waitingFor}, and {@code procStart}, its start in clock ticks. The format is not documented. A client that was killed has
 * ended, whatever it wrote. Thread-safe.
 */
final class ClientRecords {
    private static final int LARGEST = 64 << 10;
    private static final int MOST = 200;
    private static final Pattern RECORD = Pattern.compile("(\\d{1,10})\\.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path sessions;
    private final ProcessTree processes;

    /** The records below a home folder. */
    ClientRecords(Path home, ProcessTree processes) {
        this.sessions = home.resolve(".claude").resolve("sessions");
        this.processes = processes;
    }

    /**
     * The client that runs in a pane of the host, by the names of the records and the ancestors of their processes: the outermost, if it has
     * started others. Empty if there is none that keeps a record.
     *
     * @param panePid the process of the pane
     */
    Optional<ProcessMark> client(long panePid) {
        try (Stream<Path> records = Files.list(sessions)) {
            return records.map(record -> RECORD.matcher(record.getFileName().toString()))
                    .filter(Matcher::matches)
                    .limit(MOST)
                    .map(name -> processes.lineage(Long.parseLong(name.group(1))))
                    .filter(lineage ->
                            lineage.stream().anyMatch(each -> each.mark().pid() == panePid))
                    .min(Comparator.comparingInt(List::size))
                    .map(lineage -> lineage.get(0).mark());
        } catch (IOException | UncheckedIOException noRecords) {
            return Optional.empty();
        }
    }

    /** The file in which a client keeps its record. */
    Path file(ProcessMark client) {
        return sessions.resolve(client.pid() + ".json");
    }

    /** Whether a client still runs. */
    boolean isRunning(ProcessMark client) {
        return processes.isRunning(client);
    }

    /** The state of a client; empty if it writes none that is known. */
    Optional<Reading> read(Capability capability, ProcessMark client) {
        if (!isRunning(client)) {
            return reading(AgentState.ENDED, "", client + " ended");
        }
        return capability == Capability.CLAUDE ? ofClaude(client) : Optional.empty();
    }

    private Optional<Reading> ofClaude(ProcessMark client) {
        try (InputStream file = Files.newInputStream(file(client))) {
            JsonNode record = JSON.readTree(file.readNBytes(LARGEST));
            // The file of a client that was killed stays, and its pid may have another process.
            if (!record.path("procStart").asText("").equals(Long.toString(client.startTicks()))) {
                return Optional.empty();
            }
            String asked = record.path("waitingFor").asText("");
            String source = record.path("status").asText("") + " " + asked;
            return switch (record.path("status").asText("")) {
                case "idle" -> reading(AgentState.IDLE, "", source);
                case "busy" -> reading(AgentState.WORKING, "", source);
                case "waiting" ->
                    reading(
                            asked.contains("permission") ? AgentState.WAITING_PERMISSION : AgentState.WAITING_INPUT,
                            asked,
                            source);
                default -> Optional.empty();
            };
        } catch (IOException unreadable) {
            // Missing, or read while it is being written: the next look tells.
            return Optional.empty();
        }
    }

    private static Optional<Reading> reading(AgentState state, String detail, String source) {
        return Optional.of(new Reading(state, detail, Evidence.CLIENT, source));
    }
}
