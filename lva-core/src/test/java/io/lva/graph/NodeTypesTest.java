package io.lva.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeTypesTest {
  @Test
  void add_severalProvidersFail_theOthersAreAdded() {
    List<ObjectType<?>> types = new ArrayList<>();
    List<Supplier<NodeTypeProvider>> found =
        List.of(
            () -> () -> List.of(TlsEndpoint.TYPE),
            () ->
                () -> {
                  throw new IllegalStateException("not ready");
                },
            () ->
                () -> {
                  throw new NoClassDefFoundError("some/Missing");
                },
            () -> {
              throw new ServiceConfigurationError("not a provider");
            },
            () -> () -> List.of(RtspSource.TYPE));
    NodeTypes.add(types, found.iterator());
    assertThat(types).isEqualTo(Stream.of(RtspSource.TYPE).toList());
  }
}
