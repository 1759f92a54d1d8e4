package io.lva.asset.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lva.asset.index.Fragments;
import io.lva.asset.index.RunId;
import io.lva.asset.index.SegmentRow;
import io.lva.asset.index.TrackRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a segment row field by field, without building a tree: nearly all lines of an index are
 * segment rows, and nearly all of such a line is the numbers of its fragments.
 *
 * <p>Confined to one thread, used for one row.
 */
final class SegmentRowParser {
  private final JsonParser in;
  private long epoch;
  private String run = "";
  private long runNumber = -1;
  private long sequence = -1;
  private String file = "";
  private long bytes = -1;
  private boolean continues;
  private boolean unsyncedStart;
  private final List<TrackRow> tracks = new ArrayList<>(2);

  private SegmentRowParser(JsonParser in) {
    this.in = in;
  }

  /** Reads the fields after {@code "row":"segment"}, and the end of the object. */
  static SegmentRow parse(JsonParser in) throws IOException {
    return new SegmentRowParser(in).row();
  }

  private SegmentRow row() throws IOException {
    String field = in.nextFieldName();
    while (field != null) {
      field(field);
      field = in.nextFieldName();
    }
    return new SegmentRow(
        epoch,
        new RunId(run),
        positiveInt("runNumber", runNumber, OriginBox.HIGHEST_RUN_NUMBER),
        positiveInt("sequence", sequence),
        file,
        bytes,
        continues,
        unsyncedStart,
        tracks);
  }

  private void field(String field) throws IOException {
    in.nextToken();
    switch (field) {
      case "epoch" -> epoch = epoch();
      case "run" -> run = text();
      case "runNumber" -> runNumber = number();
      case "sequence" -> sequence = number();
      case "file" -> file = text();
      case "bytes" -> bytes = number();
      case "continues" -> continues = flag();
      case "unsyncedStart" -> unsyncedStart = flag();
      case "tracks" -> tracks();
      default -> in.skipChildren();
    }
  }

  private void tracks() throws IOException {
    expect(JsonToken.START_ARRAY);
    tracks.clear();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      expect(JsonToken.START_OBJECT);
      if (tracks.size() == SegmentRow.MAXIMUM_TRACKS) {
        throw new AssetFormatException("more than " + SegmentRow.MAXIMUM_TRACKS + " tracks");
      }
      tracks.add(track());
    }
  }

  private TrackRow track() throws IOException {
    long id = 0;
    long timescale = 0;
    long base = Long.MIN_VALUE;
    long start = -1;
    String init = "";
    String codec = "";
    long width = 0;
    long height = 0;
    Fragments.Builder fragments = Fragments.builder();
    List<Integer> dependent = List.of();
    String field = in.nextFieldName();
    while (field != null) {
      in.nextToken();
      switch (field) {
        case "id" -> id = number();
        case "timescale" -> timescale = number();
        case "base" -> base = number();
        case "start" -> start = number();
        case "init" -> init = text();
        case "codec" -> codec = text();
        case "width" -> width = number();
        case "height" -> height = number();
        case "fragments" -> fragments = fragments();
        case "dependent" -> dependent = numbers();
        default -> in.skipChildren();
      }
      field = in.nextFieldName();
    }
    dependent.forEach(fragments::dependent);
    return new TrackRow(
        positiveInt("id", id),
        positiveInt("timescale", timescale),
        base,
        start,
        init,
        codec,
        positiveInt("width", width),
        positiveInt("height", height),
        fragments.build());
  }

  private List<Integer> numbers() throws IOException {
    expect(JsonToken.START_ARRAY);
    List<Integer> numbers = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (numbers.size() == Fragments.MAXIMUM) {
        throw new AssetFormatException("more than " + Fragments.MAXIMUM + " dependent fragments");
      }
      numbers.add(positiveInt("dependent", number()));
    }
    return numbers;
  }

  private Fragments.Builder fragments() throws IOException {
    expect(JsonToken.START_ARRAY);
    Fragments.Builder fragments = Fragments.builder();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      long offset = number();
      in.nextToken();
      long length = number();
      in.nextToken();
      long duration = number();
      if (fragments.count() == Fragments.MAXIMUM) {
        throw new AssetFormatException("more than " + Fragments.MAXIMUM + " fragments");
      }
      fragments.add(offset, length, duration);
    }
    return fragments;
  }

  private String text() throws IOException {
    expect(JsonToken.VALUE_STRING);
    return in.getText();
  }

  private long number() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT);
    return in.getLongValue();
  }

  private long epoch() throws IOException {
    long number = number();
    if (number < 0 || number > OriginBox.HIGHEST_EPOCH) {
      throw new AssetFormatException("'epoch' is out of range: " + number);
    }
    return number;
  }

  private boolean flag() throws IOException {
    if (in.currentToken() != JsonToken.VALUE_TRUE) {
      expect(JsonToken.VALUE_FALSE);
      return false;
    }
    return true;
  }

  private void expect(JsonToken token) throws IOException {
    if (in.currentToken() != token) {
      throw new AssetFormatException(in.currentToken() + " where " + token + " belongs");
    }
  }

  private static int positiveInt(String field, long number) throws AssetFormatException {
    return positiveInt(field, number, Integer.MAX_VALUE);
  }

  private static int positiveInt(String field, long number, int highest)
      throws AssetFormatException {
    if (number < 0 || number > highest) {
      throw new AssetFormatException("'" + field + "' is out of range: " + number);
    }
    return (int) number;
  }
}
