package io.lva.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lva.asset.store.AssetStore;
import io.lva.media.GapCause;
import io.lva.playback.Playback;
import io.lva.playback.http.Request;
import io.lva.playback.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens at the newest end of each asset of a store, as the player page shows it. */
final class AssetStates {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AssetStates() {}

  /**
   * What happens at the newest end of an asset. Immutable.
   *
   * @param name {@code live}, {@code interrupted}, {@code waiting} or {@code stopped}
   * @param since when media ended; empty while media arrives or when there is none
   * @param causes why no media arrives, as far as the recorder knows
   */
  record State(String name, Optional<Instant> since, List<GapCause> causes) {
    static final State STOPPED = new State("stopped", Optional.empty(), List.of());

    State {
      causes = List.copyOf(causes);
    }

    /** Returns this state as stopped, with the same end of media: nobody goes on recording. */
    State stopped() {
      return new State(STOPPED.name, since, causes);
    }

    /** Returns the state in words, with its start and its causes if media should be arriving. */
    String text() {
      String why = causes.isEmpty() ? "" : ": " + CauseText.of(causes);
      return switch (name) {
        case "interrupted" ->
            "interrupted" + since.map(start -> " since " + HumanText.of(start)).orElse("") + why;
        case "waiting" -> "waiting for pictures" + why;
        default -> name;
      };
    }
  }

  /**
   * Asks playback for the states.
   *
   * @param store closed when this returns
   * @return the states, keyed by the folder of the asset
   * @throws IOException when the store fails
   */
  static Map<String, State> of(AssetStore store) throws IOException {
    Map<String, State> states = new HashMap<>();
    try (Playback playback = Playback.open(store);
        Response.Body body = answer(playback).body()) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      body.writeTo(text);
      for (JsonNode asset : MAPPER.readTree(text.toByteArray()).path("assets")) {
        states.put(asset.path("locator").asText(), state(asset));
      }
    }
    return states;
  }

  private static Response answer(Playback playback) throws IOException {
    Response answer =
        playback.handle(Request.of("GET", "/assets", Map.of())).toCompletableFuture().join();
    if (answer.status() != 200) {
      throw new IOException("the states of its assets cannot be read");
    }
    return answer;
  }

  private static State state(JsonNode asset) {
    List<GapCause> causes = new ArrayList<>();
    asset.path("causes").forEach(cause -> causes.add(GapCause.ofText(cause.asText())));
    String since = asset.path("since").asText(null);
    return new State(
        asset.path("state").asText(), Optional.ofNullable(since).map(Instant::parse), causes);
  }
}
