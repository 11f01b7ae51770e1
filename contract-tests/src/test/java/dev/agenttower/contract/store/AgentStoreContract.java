package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.agent;
import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.attachment;
import static dev.agenttower.contract.store.StoredRows.container;
import static dev.agenttower.contract.store.StoredRows.id;
import static dev.agenttower.contract.store.StoredRows.key;
import static dev.agenttower.contract.store.StoredRows.member;
import static dev.agenttower.contract.store.StoredRows.pane;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.AdoptablePane;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneMoves;
import dev.agenttower.core.pane.TmuxServer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What {@link AgentStore} promises. */
abstract class AgentStoreContract extends StoreContract {
    @Test
    void lists_active_agents_first_then_by_container_parent_label_and_id() {
        AgentId parent = new AgentId("p");
        tables.put(agent("off", key("a", 1), false));
        tables.put(agent("later container", key("b", 1), true));
        tables.put(member("z", key("a", 2), parent, "same"));
        tables.put(member("y", key("a", 3), parent, "same"));
        tables.put(member("x", key("a", 4), parent, "before"));
        tables.put(agent("without parent", key("a", 5), true));
        assertThat(ids(AgentFilter.ALL)).containsExactly("without parent", "x", "y", "z", "later container", "off");
    }

    @Test
    void compares_text_byte_by_byte() {
        tables.put(agent("1", key("a", 1), Role.SLAVE, Capability.CLAUDE, "b", true));
        tables.put(agent("2", key("a", 2), Role.SLAVE, Capability.CLAUDE, "B", true));
        tables.put(agent("3", key("a", 3), Role.SLAVE, Capability.CLAUDE, "😀", true));
        tables.put(agent("4", key("a", 4), Role.SLAVE, Capability.CLAUDE, "～", true));
        tables.put(agent("5", key("a", 5), Role.SLAVE, Capability.CLAUDE, "é", true));
        assertThat(ids(AgentFilter.ALL)).containsExactly("2", "1", "5", "4", "3");
    }

    @Test
    void all_conditions_of_a_filter_hold_together() {
        AgentId parent = new AgentId("p");
        String whole = "ab".repeat(32);
        tables.put(agent("p", key(whole, 1), true));
        tables.put(member("m", key(whole, 2), parent, ""));
        tables.put(agent("s", key("abc", 3), Role.SHELL, Capability.SHELL, "", true));
        tables.put(agent("off", key("abc", 4), false));
        assertThat(ids(new AgentFilter(List.of(Role.SLAVE, Role.SHELL), null, false, null)))
                .containsExactlyInAnyOrder("p", "s", "off");
        assertThat(ids(new AgentFilter(List.of(), whole, false, null))).containsExactly("p", "m");
        assertThat(ids(new AgentFilter(List.of(), "abab", false, null))).containsExactly("p", "m");
        assertThat(ids(new AgentFilter(List.of(), "ab", false, null))).hasSize(4);
        assertThat(ids(new AgentFilter(List.of(), "b", false, null))).isEmpty();
        assertThat(ids(new AgentFilter(List.of(), "abc", true, null))).containsExactly("s");
        assertThat(ids(new AgentFilter(List.of(), null, false, parent))).containsExactly("m");
        assertThat(ids(new AgentFilter(List.of(Role.SLAVE), null, false, parent)))
                .isEmpty();
    }

    @Test
    void a_filter_takes_no_wildcards() {
        tables.put(agent("a", key("abc", 1), true));
        assertThat(ids(new AgentFilter(List.of(), "a%", false, null))).isEmpty();
        assertThat(ids(new AgentFilter(List.of(), "a_c", false, null))).isEmpty();
    }

    @Test
    void tells_what_is_known_of_bench_and_pane() {
        tables.put(new BenchContainer(
                id("a"), "bench", "i", "s", Map.of(), List.of(), true, at(0), at(0), "config:1", null));
        tables.put(pane(key("a", 1), true));
        tables.put(agent("one", key("a", 1), true));
        AgentListing one = tables.agents().find(new AgentId("one")).orElseThrow();
        assertThat(one.agent()).isEqualTo(agent("one", key("a", 1), true));
        assertThat(one.containerName()).isEqualTo("bench");
        assertThat(one.containerUser()).isEqualTo("config:1");
        assertThat(one.panePid()).isEqualTo(42);
        assertThat(one.cwd()).isEqualTo("/work");
    }

    @Test
    void falls_back_to_what_the_pane_was_stored_with() {
        tables.put(pane(key("gone", 1), true));
        tables.put(agent("one", key("gone", 1), true));
        tables.put(container("a", true));
        tables.put(pane(key("a", 1), true));
        tables.put(agent("two", key("a", 1), true));
        AgentListing one = tables.agents().find(new AgentId("one")).orElseThrow();
        assertThat(one.containerName()).isEqualTo("gone-name");
        assertThat(one.containerUser()).isEqualTo("user");
        assertThat(tables.agents().find(new AgentId("two")).orElseThrow().containerUser())
                .isEqualTo("user");
    }

    @Test
    void an_agent_needs_neither_bench_nor_pane() {
        tables.put(agent("one", key("gone", 1), true));
        AgentListing one = tables.agents().find(new AgentId("one")).orElseThrow();
        assertThat(one.containerName()).isNull();
        assertThat(one.containerUser()).isNull();
        assertThat(one.panePid()).isNull();
        assertThat(one.cwd()).isNull();
        assertThat(tables.agents().list(AgentFilter.ALL)).containsExactly(one);
    }

    @Test
    void knows_no_process_of_a_pane_that_was_never_seen() {
        tables.put(new BenchContainer(
                id("a"), "bench", "i", "s", Map.of(), List.of(), true, at(0), at(0), "config:1", null));
        tables.put(agent("one", key("a", 1), true));
        AgentListing one = tables.agents().find(new AgentId("one")).orElseThrow();
        assertThat(one.containerUser()).isEqualTo("config:1");
        assertThat(one.panePid()).isNull();
        assertThat(one.cwd()).isNull();
    }

    @Test
    void finds_nothing_where_there_is_nothing() {
        assertThat(tables.agents().find(new AgentId("nobody"))).isEmpty();
    }

    @Test
    void keeps_permissions_as_they_are_stored() {
        Agent odd = new Agent(
                new AgentId("a1"),
                key("c1", 1),
                Role.MASTER,
                Capability.SHELL,
                "agent",
                "",
                null,
                "{}",
                "yesterday",
                "today",
                "now",
                true);
        tables.put(odd);
        assertThat(tables.agents().find(odd.id()).orElseThrow().agent()).isEqualTo(odd);
    }

    @Test
    void answers_the_questions_of_a_registration() {
        tables.put(container("on", true));
        tables.put(container("off", false));
        tables.put(pane(key("on", 1), true));
        tables.put(pane(key("on", 2), false));
        tables.put(agent("one", key("on", 1), false));
        write(writes -> {
            assertThat(writes.isContainerActive(id("on"))).isTrue();
            assertThat(writes.isContainerActive(id("off"))).isFalse();
            assertThat(writes.isContainerActive(id("gone"))).isFalse();
            assertThat(writes.isPaneActive(key("on", 1))).isTrue();
            assertThat(writes.isPaneActive(key("on", 2))).isFalse();
            assertThat(writes.isPaneActive(key("on", 3))).isFalse();
            assertThat(writes.findByPane(key("on", 1))).contains(agent("one", key("on", 1), false));
            assertThat(writes.findByPane(key("on", 2))).isEmpty();
            assertThat(writes.findById(new AgentId("one"))).isPresent();
            assertThat(writes.exists(new AgentId("one"))).isTrue();
            assertThat(writes.exists(new AgentId("two"))).isFalse();
        });
    }

    @Test
    void finds_the_active_agents_with_exactly_one_label() {
        tables.put(agent("2", key("a", 1), Role.SLAVE, Capability.CLAUDE, "l", true));
        tables.put(agent("1", key("a", 2), Role.SLAVE, Capability.CLAUDE, "l", true));
        tables.put(agent("3", key("a", 3), Role.SLAVE, Capability.CLAUDE, "l", false));
        tables.put(agent("4", key("a", 4), Role.SLAVE, Capability.CLAUDE, "L", true));
        write(writes -> {
            assertThat(writes.activeWithLabel("l")).containsExactly(new AgentId("1"), new AgentId("2"));
            assertThat(writes.activeWithLabel("%")).isEmpty();
        });
    }

    @Test
    void removes_an_agent_with_all_that_hangs_on_it() {
        tables.put(agent("one", key("a", 1), false));
        tables.put(agent("two", key("a", 2), false));
        tables.put(attachment("lat_1", "one", key("a", 1), "stale"));
        tables.put(attachment("lat_2", "two", key("a", 2), "stale"));
        write(writes -> writes.setProgram(new AgentId("one"), "claude"));
        write(writes -> writes.remove(new AgentId("one")));
        assertThat(ids(AgentFilter.ALL)).containsExactly("two");
        assertThat(tables.logs().newest(new AgentId("one"))).isEmpty();
        assertThat(tables.logs().newest(new AgentId("two"))).isPresent();
        write(writes -> {
            writes.remove(new AgentId("nobody"));
            writes.insert(agent("three", key("a", 1), true));
        });
    }

    @Test
    void panes_without_an_active_agent_may_be_adopted_by_rules() {
        tables.put(container("a", true));
        tables.put(container("off", false));
        tables.put(pane(key("a", 2), true));
        tables.put(pane(key("a", 1), true));
        tables.put(pane(key("a", 3), false));
        tables.put(pane(key("a", 4), true));
        tables.put(pane(key("off", 1), true));
        tables.put(pane(key("gone", 1), true));
        tables.put(agent("ended", key("a", 1), false));
        tables.put(agent("active", key("a", 4), true));
        assertThat(tables.agents().adoptablePanes())
                .containsExactly(new AdoptablePane(key("a", 1), "a-name"), new AdoptablePane(key("a", 2), "a-name"));
        write(writes -> {
            assertThat(writes.isAdoptable(key("a", 1))).isTrue();
            assertThat(writes.isAdoptable(key("a", 3))).isFalse();
            assertThat(writes.isAdoptable(key("a", 4))).isFalse();
            assertThat(writes.isAdoptable(key("off", 1))).isFalse();
            assertThat(writes.isAdoptable(key("gone", 1))).isFalse();
            assertThat(writes.isAdoptable(key("a", 9))).isFalse();
        });
    }

    @Test
    void a_declined_pane_is_not_adopted_as_long_as_it_lives_wherever_it_is_moved() {
        tables.put(container("a", true));
        tables.put(pane(key("a", 1), true));
        tables.put(pane(key("a", 2), true));
        identify(key("a", 1), new TmuxServer(7, 100));
        write(writes -> {
            writes.decline(key("a", 1));
            assertThat(writes.isAdoptable(key("a", 1))).isFalse();
        });
        assertThat(adoptable()).containsExactly(key("a", 2));

        PaneKey elsewhere = new PaneKey(id("a"), key("a", 1).socketPath(), "other", 5, 1, "%1");
        tables.panes().write(writes -> {
            writes.move(new PaneMoves(Map.of(key("a", 1), elsewhere)));
            return 0;
        });
        assertThat(adoptable()).containsExactly(key("a", 2));

        identify(elsewhere, new TmuxServer(7, 200));
        assertThat(adoptable()).containsExactly(key("a", 2), elsewhere);
    }

    @Test
    void a_pane_of_an_unknown_server_is_declined_by_its_socket_and_id() {
        tables.put(container("a", true));
        tables.put(pane(key("a", 1), true));
        tables.put(pane(key("a", 2), false));
        write(writes -> {
            writes.decline(key("a", 1));
            writes.decline(key("a", 2));
        });
        assertThat(adoptable()).isEmpty();
        tables.put(pane(key("a", 2), true));
        assertThat(adoptable()).containsExactly(key("a", 2));
        tables.put(pane(key("a", 1), false));
        write(writes -> writes.decline(key("a", 2)));
        tables.put(pane(key("a", 1), true));
        assertThat(adoptable()).containsExactly(key("a", 1));
    }

    private void identify(PaneKey pane, TmuxServer server) {
        tables.panes().write(writes -> {
            writes.identify(Map.of(pane, new PaneIdentity(server, null)));
            return 0;
        });
    }

    private List<PaneKey> adoptable() {
        return tables.agents().adoptablePanes().stream()
                .map(AdoptablePane::pane)
                .toList();
    }

    @Test
    void stores_a_new_agent() {
        Agent agent = member("agt_0123456789ab", key("a", 1), new AgentId("parent"), "größe 😀");
        write(writes -> {
            writes.insert(agent);
            assertThat(writes.findById(agent.id())).contains(agent);
            assertThat(tables.agents().find(agent.id())).isEmpty();
        });
        assertThat(tables.agents().find(agent.id()).orElseThrow().agent()).isEqualTo(agent);
    }

    @Test
    void refuses_a_second_agent_of_one_pane_or_of_one_id() {
        tables.put(agent("one", key("a", 1), true));
        assertThatThrownBy(() -> write(writes -> writes.insert(agent("two", key("a", 1), true))))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> write(writes -> writes.insert(agent("one", key("a", 2), true))))
                .isInstanceOf(StorageException.class);
        assertThat(ids(AgentFilter.ALL)).containsExactly("one");
        write(writes -> writes.insert(agent("two", key("a", 2), true)));
        assertThat(ids(AgentFilter.ALL)).containsExactly("one", "two");
    }

    @Test
    void an_update_stores_what_may_change_and_nothing_else() {
        Agent before = member("one", key("a", 1), new AgentId("p"), "old");
        tables.put(before);
        Agent wished = new Agent(
                before.id(),
                key("b", 2),
                Role.MASTER,
                Capability.GEMINI,
                "new",
                "/new",
                null,
                Role.MASTER.permissionsJson(),
                at(8),
                at(9),
                at(9),
                false);
        write(writes -> writes.update(wished));
        assertThat(tables.agents().find(before.id()).orElseThrow().agent())
                .isEqualTo(new Agent(
                        before.id(),
                        before.pane(),
                        Role.MASTER,
                        Capability.GEMINI,
                        "new",
                        "/new",
                        before.parent(),
                        Role.MASTER.permissionsJson(),
                        before.createdAt(),
                        at(9),
                        before.lastSeenAt(),
                        false));
    }

    @Test
    void shows_what_others_wrote_at_once() {
        AgentStore store = tables.agents();
        for (int i = 0; i < 5; i++) {
            assertThat(store.list(AgentFilter.ALL)).hasSize(i);
            tables.put(agent("a" + i, key("a", i), true));
        }
        write(writes -> assertThat(writes.exists(new AgentId("a4"))).isTrue());
    }

    @Test
    void a_transaction_that_throws_leaves_nothing_and_passes_on_what_it_threw() {
        RuntimeException thrown = new IllegalArgumentException("no");
        assertThatThrownBy(() -> write(writes -> {
                    writes.insert(agent("one", key("a", 1), true));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(tables.agents().list(AgentFilter.ALL)).isEmpty();
    }

    private void write(Consumer<AgentStore.Writes> work) {
        tables.agents().write(writes -> {
            work.accept(writes);
            return 0;
        });
    }

    private List<String> ids(AgentFilter filter) {
        return tables.agents().list(filter).stream()
                .map(listing -> listing.agent().id().value())
                .toList();
    }
}
