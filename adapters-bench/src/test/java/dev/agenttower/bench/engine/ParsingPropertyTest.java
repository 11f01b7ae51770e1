package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.failure.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ParsingPropertyTest {
    private static final List<String> KEYS = List.of(
            "Id",
            "Names",
            "Name",
            "Image",
            "Status",
            "State",
            "Config",
            "User",
            "WorkingDir",
            "Env",
            "Labels",
            "Mounts",
            "Source",
            "Destination",
            "Target",
            "Type",
            "Mode",
            "RW");

    @Property(tries = 2000)
    void no_json_makes_the_reading_of_containers_throw_anything_but_malformed(@ForAll("json") JsonNode node) {
        var row = new RunningContainer(new ContainerId("x"), "x", "", "");
        try {
            assertThat(ContainerJson.running(node))
                    .allSatisfy(container -> assertThat(container.name()).isNotEmpty());
            assertThat(ContainerJson.inspected(node, row)).isNotNull();
        } catch (ContainerEngineException malformed) {
            assertThat(malformed.code()).isEqualTo(ErrorCode.DOCKER_MALFORMED);
        }
    }

    @Property
    void no_bytes_make_the_reading_of_frames_throw_anything_but_io_exceptions(@ForAll byte[] bytes) {
        var in = new ByteArrayInputStream(bytes);
        try {
            Frame frame = Frame.read(in);
            while (frame != null) {
                frame = Frame.read(in);
            }
        } catch (IOException brokenOrForeign) {
            assertThat(brokenOrForeign.getMessage()).isNotEmpty();
        }
    }

    @Property
    void frames_are_read_as_they_were_written(@ForAll List<byte[]> pieces) throws IOException {
        var written = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            written.writeBytes(
                    ByteBuffer.allocate(8).put((byte) 1).putInt(4, piece.length).array());
            written.writeBytes(piece);
        }
        var in = new ByteArrayInputStream(written.toByteArray());
        for (byte[] piece : pieces) {
            assertThat(Objects.requireNonNull(Frame.read(in)).bytes()).isEqualTo(piece);
        }
        assertThat(Frame.read(in)).isNull();
    }

    @Provide
    Arbitrary<JsonNode> json() {
        return Arbitraries.recursive(ParsingPropertyTest::leaf, ParsingPropertyTest::nested, 0, 3);
    }

    private static Arbitrary<JsonNode> leaf() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(JsonNodeFactory.instance::textNode),
                Arbitraries.integers().map(JsonNodeFactory.instance::numberNode),
                Arbitraries.of(true, false).map(JsonNodeFactory.instance::booleanNode),
                Arbitraries.just(JsonNodeFactory.instance.nullNode()));
    }

    private static Arbitrary<JsonNode> nested(Arbitrary<JsonNode> inner) {
        return Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(3).map(ParsingPropertyTest::array),
                Arbitraries.maps(Arbitraries.of(KEYS), inner).ofMaxSize(5).map(ParsingPropertyTest::object));
    }

    private static JsonNode array(List<JsonNode> nodes) {
        return JsonMapper.builder().build().createArrayNode().addAll(nodes);
    }

    private static JsonNode object(Map<String, JsonNode> nodes) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        nodes.forEach(object::set);
        return object;
    }
}
