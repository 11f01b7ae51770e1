import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** See the script {@code kill-rounds} beside this. One file without a package, so that it runs from its source. */
public final class KillRounds {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = 6;
    private static final int ROUNDS_OF_A_HOME = 25;
    private static final long LONGEST_LOAD_MILLIS = 1200;
    private static final String SCRS = "/api/governance/sovereign-requests";
    private static final String PLAN = "_cortex/MASTER_PLAN.md";
    private static final Map<String, String> DECISIONS = Map.of("authorize", "authorized", "reject", "rejected", "withdraw", "withdrawn");

    private final Path bin;
    private final Random random;
    private final Map<String, Integer> done = new TreeMap<>();
    private volatile World world;

    private KillRounds(Path bin, long seed) {
        this.bin = bin;
        this.random = new Random(seed);
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
        System.out.println("seed " + seed);
        KillRounds kills = new KillRounds(Path.of(args[0]), seed);
        Runtime.getRuntime().addShutdownHook(new Thread(kills::endDaemon));
        System.exit(kills.run(rounds));
    }

    // Who interrupts the rounds must not be left with a daemon.
    private void endDaemon() {
        World last = world;
        if (last != null) {
            last.daemon.destroyForcibly();
        }
    }

    private int run(int rounds) throws Exception {
        int unclean = 0;
        long begin = System.nanoTime();
        for (int round = 1; round <= rounds; round++) {
            if (world == null) {
                world = new World(bin);
            }
            List<String> faults = round();
            if (!faults.isEmpty()) {
                unclean++;
                System.out.println("round " + round + ": " + world.home);
                faults.stream().limit(10).forEach(fault -> System.out.println("  " + fault));
            }
            if (!faults.isEmpty() || round % ROUNDS_OF_A_HOME == 0 || round == rounds) {
                world.end(faults.isEmpty());
                world = null;
            }
            if (round % 50 == 0) {
                System.out.println("after " + round + " rounds: " + unclean + " unclean, "
                        + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s, acknowledged " + done);
            }
        }
        System.out.println(rounds + " rounds, " + unclean + " unclean, acknowledged " + done);
        return unclean == 0 ? 0 : 1;
    }

    // The daemon that was checked is the one that is killed next: it has just recovered, and a start costs the most.
    private List<String> round() throws Exception {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(world, i, new Random(random.nextLong()));
            Thread thread = new Thread(client);
            thread.start();
            clients.add(thread);
        }
        world.answered.await(10, TimeUnit.SECONDS);
        Thread.sleep(random.nextLong(LONGEST_LOAD_MILLIS));
        world.kill();
        for (Thread client : clients) {
            client.join();
        }
        world.start();
        List<String> faults = new Check(world).run();
        world.acknowledged.forEach((what, count) -> done.merge(what, count, Integer::sum));
        world.acknowledged.clear();
        world.answered = new CountDownLatch(1);
        return faults;
    }

    /** A home folder with a governed project, its daemon, and what clients know to be done, or not to know. */
    private static final class World {
        final Path home;
        final Path project;
        final Path state;
        private final Path bin;
        private Process daemon;
        private long unique;

        /** How many of each kind were acknowledged in this round. */
        final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        /** Counted down when a client of this round has been answered. */
        volatile CountDownLatch answered = new CountDownLatch(1);
        /** Contents of proposals by the ids that were acknowledged. */
        final Map<String, String> proposals = new ConcurrentHashMap<>();
        /** The ids of each client that it has not tried to decide. */
        final List<List<String>> undecided = new ArrayList<>();
        /** Decisions that were acknowledged, by id. */
        final Map<String, String> decisions = new ConcurrentHashMap<>();
        /** What was put in place of the content of a proposal when it was authorized, acknowledged or not. */
        final Map<String, String> edited = new ConcurrentHashMap<>();
        final Set<String> logged = ConcurrentHashMap.newKeySet();
        final Map<String, String> requests = new ConcurrentHashMap<>();
        final Set<String> projects = ConcurrentHashMap.newKeySet();
        /** What a role or a spec may be by now: what was acknowledged last, and what was sent since. */
        final Map<String, Set<String>> configs = new ConcurrentHashMap<>();

        World(Path bin) throws IOException, InterruptedException {
            this.bin = bin;
            home = Files.createTempDirectory(Path.of("/tmp"), "kr-");
            state = home.resolve(".local/state/opensoft/agenttower");
            project = Files.createDirectory(home.resolve("shop"));
            run("agenttower", "config", "init").waitFor();
            for (int i = 0; i < CLIENTS; i++) {
                undecided.add(new ArrayList<>());
            }
            ObjectNode roles = JSON.createObjectNode();
            ObjectNode specs = JSON.createObjectNode();
            for (int i = 0; i < CLIENTS; i++) {
                roles.putObject("Role" + i).put("locked", false).putArray("paths").add("src" + i + "/");
                roles.withObject("/Role" + i).putArray("action_types").add("edit");
                ObjectNode spec = specs.putObject("SPEC-00" + i).put("title", "t").put("status", "approved");
                spec.putArray("roles").add("Role" + i);
                spec.putArray("action_types").add("edit");
                spec.putArray("paths").add("src" + i + "/");
            }
            Files.createDirectory(project.resolve("config"));
            Files.writeString(project.resolve("config/jurisdictions.json"), JSON.createObjectNode().set("jurisdictions", roles).toString());
            Files.writeString(project.resolve("config/specs.json"), JSON.createObjectNode().set("specs", specs).toString());
            start();
            JsonNode made = call("POST", "/api/projects/init", "{\"path\":\"" + project + "\",\"name\":\"shop\"}");
            if (!made.path("status").asText().equals("success")) {
                throw new IOException("no project: " + made);
            }
        }

        synchronized String unique() {
            return "u" + ++unique + "-";
        }

        /** Notes an answer of a client; true if it says that something was done. */
        boolean isDone(String what, JsonNode answer) {
            boolean isDone = answer.path("http").asInt() / 100 == 2;
            acknowledged.merge(isDone ? what : what + " refused with " + answer.path("http"), 1, Integer::sum);
            answered.countDown();
            return isDone;
        }

        private Process run(String program, String... args) throws IOException {
            List<String> command = new ArrayList<>(List.of(bin.resolve(program).toString()));
            command.addAll(List.of(args));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(name -> name.startsWith("AGENTTOWER") || name.startsWith("XDG_") || name.startsWith("TMUX"));
            builder.environment().putAll(Map.of("HOME", home.toString(), "TMUX_TMPDIR", home.toString(), "DOCKER_HOST", "unix:///nonexistent"));
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile()));
            return builder.start();
        }

        void start() throws IOException, InterruptedException {
            daemon = run("agenttowerd", "run");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (true) {
                try {
                    call("GET", "/api/projects", null);
                    return;
                } catch (IOException e) {
                    if (!daemon.isAlive() || System.nanoTime() > deadline) {
                        throw new IOException("the daemon does not start, see " + home, e);
                    }
                    Thread.sleep(5);
                }
            }
        }

        void kill() throws InterruptedException {
            daemon.destroyForcibly().waitFor();
        }

        void end(boolean isClean) throws IOException, InterruptedException {
            kill();
            if (!isClean) {
                return;
            }
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }

        JsonNode call(String method, String target, String body) throws IOException {
            byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            String at = target.startsWith("/api/projects") ? target : target + (target.contains("?") ? "&" : "?") + "project=shop";
            String head = method + " " + at + " HTTP/1.1\r\nHost: tower\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                    + bytes.length + "\r\n\r\n";
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(bytes);
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(state.resolve("agenttowerd-http.sock")));
                for (ByteBuffer rest = ByteBuffer.wrap(request.toByteArray()); rest.hasRemaining(); ) {
                    channel.write(rest);
                }
                return answer(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8));
            }
        }

        // An answer that was cut off is none: only a whole body counts as an acknowledgement.
        private static JsonNode answer(String text) throws IOException {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IOException("cut off");
            }
            String head = text.substring(0, end).toLowerCase();
            String body = text.substring(end + 4);
            if (head.contains("transfer-encoding")) {
                if (!body.endsWith("0\r\n\r\n")) {
                    throw new IOException("cut off");
                }
                StringBuilder joined = new StringBuilder();
                byte[] raw = body.getBytes(StandardCharsets.UTF_8);
                int at = 0;
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                while (true) {
                    int line = at;
                    while (raw[line] != '\n') {
                        line++;
                    }
                    int size = Integer.parseInt(new String(raw, at, line - at, StandardCharsets.US_ASCII).strip(), 16);
                    if (size == 0) {
                        break;
                    }
                    content.write(raw, line + 1, size);
                    at = line + 1 + size + 2;
                }
                body = joined.append(content.toString(StandardCharsets.UTF_8)).toString();
            } else if (!body.endsWith("\n")) {
                throw new IOException("cut off");
            }
            ObjectNode answer = JSON.createObjectNode();
            JsonNode json = JSON.readTree(body);
            answer.put("http", Integer.parseInt(head.split(" ", 3)[1])).set("body", json);
            return json.isObject() ? answer.setAll((ObjectNode) json) : answer;
        }
    }

    /** Changes things until the daemon is gone, and notes what it was told. */
    private static final class Client implements Runnable {
        private final World world;
        private final int number;
        private final Random random;
        /** What it proposed, also in earlier rounds, and nobody has decided; each round decides some of it. */
        private final List<String> own;

        Client(World world, int number, Random random) {
            this.world = world;
            this.number = number;
            this.random = random;
            this.own = world.undecided.get(number);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    step();
                }
            } catch (IOException gone) {
                // That is how it ends.
            }
        }

        private void step() throws IOException {
            String role = "Role" + number;
            switch (random.nextInt(10)) {
                case 0, 1 -> propose(role);
                case 2, 3 -> decide("authorize", "");
                case 4, 5 -> decide(random.nextBoolean() ? "reject" : "withdraw", ",\"agent\":\"A\",\"role\":\"" + role + "\"");
                case 6 -> file(role);
                case 7 -> log(role);
                case 8 -> edit(role);
                default -> {
                    if (random.nextInt(4) == 0) {
                        register();
                    } else {
                        log(role);
                    }
                }
            }
        }

        private void propose(String role) throws IOException {
            String content = world.unique() + number;
            JsonNode answer = world.call("POST", SCRS, "{\"agent\":\"A\",\"role\":\"" + role + "\",\"target_path\":\"" + PLAN
                    + "\",\"change_type\":\"append\",\"content\":\"" + content + "\\n\"}");
            if (world.isDone("propose", answer)) {
                world.proposals.put(answer.path("scr_id").asText(), content);
                own.add(answer.path("scr_id").asText());
            }
        }

        private void decide(String action, String more) throws IOException {
            if (own.isEmpty()) {
                propose("Role" + number);
                return;
            }
            String id = own.remove(own.size() - 1);
            String with = more;
            if (action.equals("authorize") && random.nextInt(3) == 0) {
                String content = world.unique() + "edited";
                world.edited.put(id, content);
                with = ",\"edited_content\":\"" + content + "\\n\"";
            }
            JsonNode answer = world.call("PUT", SCRS + "/" + id, "{\"action\":\"" + action + "\"" + with + "}");
            if (world.isDone(action, answer)) {
                world.decisions.put(id, DECISIONS.get(action));
            }
        }

        private void file(String role) throws IOException {
            String title = world.unique() + "title";
            JsonNode answer = world.call("POST", "/api/governance/requests",
                    "{\"from_role\":\"" + role + "\",\"to_role\":\"Role0\",\"title\":\"" + title + "\"}");
            if (world.isDone("file", answer)) {
                world.requests.put(answer.path("req_id").asText(), title);
            }
        }

        private void log(String role) throws IOException {
            String id = "evt_" + world.unique() + number;
            JsonNode answer = world.call("POST", "/api/ads/log", "{\"event_id\":\"" + id + "\",\"ts\":\"2026-01-01T00:00:00Z\",\"agent\":\"A\",\"role\":\""
                    + role + "\",\"action_type\":\"note\",\"description\":\"d\",\"spec_ref\":null,\"authorized\":true}");
            if (world.isDone("log", answer)) {
                world.logged.add(id);
            }
        }

        // Each client has a role and a spec of its own, so that what must be there is known.
        private void edit(String role) throws IOException {
            String path = world.unique() + "/";
            boolean isRole = random.nextBoolean();
            String key = isRole ? role : "SPEC-00" + number;
            String value = isRole ? path : "Role" + number + "|" + path;
            world.configs.computeIfAbsent(key, added -> Collections.synchronizedSet(new HashSet<>())).add(value);
            JsonNode answer = isRole
                    ? world.call("PUT", "/api/governance/roles/" + role, "{\"paths\":[\"" + path + "\"]}")
                    : world.call("PUT", "/api/governance/specs/" + key + "/roles", "{\"roles\":[\"Role" + number + "|" + path + "\"]}");
            if (world.isDone(isRole ? "edit role" : "edit spec", answer)) {
                world.configs.put(key, Collections.synchronizedSet(new HashSet<>(Set.of(value))));
            } else {
                world.configs.get(key).remove(value);
            }
        }

        private void register() throws IOException {
            String name = world.unique() + "p" + number;
            Path folder = Files.createDirectories(world.home.resolve("others").resolve(name));
            if (world.isDone("register", world.call("POST", "/api/projects", "{\"path\":\"" + folder + "\"}"))) {
                world.projects.add(name);
            }
        }
    }

    /** What must hold after a restart. */
    private static final class Check {
        private final World world;
        private final List<String> faults = new ArrayList<>();

        Check(World world) {
            this.world = world;
        }

        List<String> run() throws Exception {
            JsonNode integrity = world.call("GET", "/api/ads/integrity", null);
            require(integrity.path("valid").asBoolean(), "the ledger is broken: " + integrity);
            Map<String, List<JsonNode>> events = events();
            changes(events);
            requests(events);
            configs(events);
            projects();
            Set<String> ids = new HashSet<>();
            events.values().stream().flatMap(List::stream).map(event -> event.path("event_id").asText())
                    .forEach(id -> require(ids.add(id), "event id twice: " + id));
            for (String id : world.logged) {
                require(ids.contains(id), "an acknowledged event is lost: " + id);
            }
            for (String type : List.of("sovereign_file_drift", "sovereign_change_interrupted", "governance_config_interrupted", "ledger_rewritten")) {
                require(!events.containsKey(type), type + ": " + events.get(type));
            }
            leftovers();
            database();
            return faults;
        }

        private Map<String, List<JsonNode>> events() throws IOException {
            Map<String, List<JsonNode>> byType = new HashMap<>();
            String cursor = "start";
            while (true) {
                JsonNode page = world.call("GET", "/api/ads/events?limit=1000&cursor=" + cursor, null);
                page.path("events").forEach(event ->
                        byType.computeIfAbsent(event.path("action_type").asText(), type -> new ArrayList<>()).add(event));
                if (!page.path("has_more").asBoolean()) {
                    return byType;
                }
                cursor = page.path("after").asText();
            }
        }

        private void changes(Map<String, List<JsonNode>> events) throws IOException {
            Map<String, Map<String, Integer>> told = new HashMap<>();
            for (String type : List.of("proposed", "authorized", "applied", "rejected", "withdrawn")) {
                for (JsonNode event : events.getOrDefault("sovereign_change_" + type, List.of())) {
                    told.computeIfAbsent(event.path("action_data").path("scr_id").asText(), id -> new HashMap<>()).merge(type, 1, Integer::sum);
                }
            }
            Map<String, JsonNode> queue = new LinkedHashMap<>();
            for (JsonNode request : world.call("GET", SCRS, null).path("requests")) {
                String id = request.path("scr_id").asText(request.path("id").asText());
                require(queue.put(id, request) == null, "change request twice: " + id);
            }
            Map<String, Integer> lines = new HashMap<>();
            Files.readAllLines(world.project.resolve(PLAN)).forEach(line -> lines.merge(line, 1, Integer::sum));
            queue.forEach((id, request) -> {
                String status = request.path("status").asText();
                Map<String, Integer> expected = new HashMap<>(Map.of("proposed", 1));
                if (!status.equals("pending")) {
                    expected.put(status, 1);
                }
                if (status.equals("authorized")) {
                    expected.put("applied", 1);
                }
                require(expected.equals(told.get(id)), id + " is " + status + " in the queue, the ledger tells " + told.get(id));
            });
            told.keySet().forEach(id -> require(queue.containsKey(id), "on the ledger and not in the queue: " + id));
            world.proposals.forEach((id, content) -> {
                JsonNode request = queue.get(id);
                if (request == null) {
                    faults.add("an acknowledged proposal is lost: " + id);
                    return;
                }
                String decided = world.decisions.get(id);
                String status = request.path("status").asText();
                require(decided == null || decided.equals(status), id + " was " + decided + " and is " + status);
                int times = lines.getOrDefault(content, 0) + lines.getOrDefault(world.edited.getOrDefault(id, ""), 0);
                require(times == (status.equals("authorized") ? 1 : 0), id + " is " + status + " and is " + times + " times in the file");
            });
        }

        private void requests(Map<String, List<JsonNode>> events) throws IOException {
            Map<String, Integer> filed = new HashMap<>();
            for (JsonNode event : events.getOrDefault("request_filed", List.of())) {
                filed.merge(event.path("action_data").path("req_id").asText() + " " + event.path("action_data").path("title").asText(), 1, Integer::sum);
            }
            Set<String> entries = new HashSet<>();
            for (JsonNode entry : world.call("GET", "/api/governance/requests", null).path("requests")) {
                String key = entry.path("id").asText() + " " + entry.path("title").asText();
                require(entries.add(key), "request twice: " + key);
                require(filed.getOrDefault(key, 0) == 1, "request with " + filed.getOrDefault(key, 0) + " events: " + key);
            }
            filed.keySet().forEach(key -> require(entries.contains(key), "event of a request that is not there: " + key));
            world.requests.forEach((id, title) -> require(entries.contains(id + " " + title), "an acknowledged request is lost: " + id));
        }

        private void configs(Map<String, List<JsonNode>> events) throws IOException {
            JsonNode roles = JSON.readTree(world.project.resolve("config/jurisdictions.json").toFile()).path("jurisdictions");
            JsonNode specs = JSON.readTree(world.project.resolve("config/specs.json").toFile()).path("specs");
            Set<String> told = new HashSet<>();
            events.getOrDefault("governance_config_updated", List.of()).forEach(event -> told.add(event.path("action_data").path("after").toString()));
            world.configs.forEach((key, possible) -> {
                boolean isRole = key.startsWith("Role");
                String now = isRole ? roles.path(key).path("paths").path(0).asText() : specs.path(key).path("roles").path(0).asText();
                boolean isFirst = now.startsWith("src") || now.equals("Role" + key.substring(key.length() - 1));
                // One that was never acknowledged may be there or not; from now on it is known which.
                require(possible.contains(now) || isFirst, key + " is " + now + ", not one of " + possible);
                require(isFirst || told.stream().anyMatch(after -> after.contains(now)), key + " is " + now + " and no event tells of it");
                possible.retainAll(Set.of(now));
                possible.add(now);
            });
        }

        private void projects() throws IOException {
            JsonNode known = world.call("GET", "/api/projects/all", null).path("body");
            for (String name : world.projects) {
                require(known.has(name), "an acknowledged project is lost: " + name);
            }
        }

        private void leftovers() throws IOException {
            try (Stream<Path> files = Files.walk(world.home)) {
                files.map(file -> world.home.relativize(file).toString())
                        .filter(file -> file.endsWith(".tmp") || file.endsWith(".new") || file.endsWith("-journal") || file.contains("change-intents/"))
                        .forEach(file -> faults.add("left over: " + file));
            }
        }

        private void database() throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + world.state.resolve("agenttower.sqlite3"));
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
                result.next();
                require(result.getString(1).equals("ok"), "the database: " + result.getString(1));
            }
        }

        private void require(boolean holds, String fault) {
            if (!holds) {
                faults.add(fault);
            }
        }
    }
}
