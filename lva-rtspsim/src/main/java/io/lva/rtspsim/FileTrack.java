package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.CodecParameters;
import io.lva.media.MediaType;
import io.lva.media.Ticks;
import io.lva.rtp.payload.Packetizer;
import io.lva.rtp.payload.SendFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A track of a file; it starts over after the end of the file. Units are packetized when first
 * asked for, and kept if there is memory for them. Parameter sets are repeated in front of every
 * sync unit.
 *
 * <p>Thread-safe.
 */
final class FileTrack implements MediaTrack {
  private final FileChannel file;
  private final UnitIndex index;
  private final UnitFraming framing;
  private final CodecParameters parameters;
  private final int clockRate;
  private final Packetizer packetizer;
  private final Loop loop;
  private final AtomicLong cacheBytes;
  private final AtomicReferenceArray<PacketizedUnit> cache;

  /**
   * How long the file lasts; the same for all its tracks.
   *
   * @param ticks from its first unit to its end
   * @param timescale ticks per second
   */
  record Loop(long ticks, long timescale) {}

  /**
   * Serves a track.
   *
   * @param file stays open as long as the track is used
   * @param index of its units, at least one
   * @param loop time after which the first unit comes again
   * @param cacheBytes how many bytes of packets all tracks together may still keep
   * @throws IllegalArgumentException when no payload format sends such a track
   */
  FileTrack(
      FileChannel file,
      UnitIndex index,
      UnitFraming framing,
      CodecParameters parameters,
      Loop loop,
      AtomicLong cacheBytes) {
    this.file = file;
    this.index = index;
    this.framing = framing;
    this.parameters = parameters;
    this.loop = loop;
    this.cacheBytes = cacheBytes;
    SendFormat format = Packetizers.format(parameters);
    clockRate = format.clockRate();
    packetizer = format.packetizer().apply(Packetizers.MAXIMUM_PAYLOAD_BYTES);
    cache = new AtomicReferenceArray<>(index.count());
  }

  @Override
  public CodecParameters parameters() {
    return parameters;
  }

  @Override
  public int clockRate() {
    return clockRate;
  }

  @Override
  public OptionalDouble framesPerSecond() {
    if (parameters.mediaType() != MediaType.VIDEO) {
      return OptionalDouble.empty();
    }
    double rate = (double) index.count() * loop.timescale() / loop.ticks();
    return OptionalDouble.of(Math.rint(rate * 1000) / 1000);
  }

  @Override
  public long indexFrom(long ticks) {
    long loops = Math.max(0, ticks / Math.max(1, loopTicks(1)) - 1);
    long unit = loops * index.count();
    while (decodeTicks(unit) < ticks) {
      unit++;
    }
    return unit;
  }

  @Override
  public long decodeTicks(long unit) {
    return loopTicks(loops(unit)) + index.decodeTicks(inFile(unit));
  }

  @Override
  public boolean sync(long unit) {
    return index.sync(inFile(unit));
  }

  @Override
  public MediaUnit unit(long unit) {
    int at = inFile(unit);
    long begin = loopTicks(loops(unit));
    return new MediaUnit(
        begin + index.decodeTicks(at),
        begin + index.presentationTicks(at),
        index.sync(at),
        packets(at));
  }

  /** Returns how many units come before the second sync unit; all when there is none. */
  int firstGroupUnits() {
    int units = 1;
    while (units < index.count() && !index.sync(units)) {
      units++;
    }
    return units;
  }

  private PacketizedUnit packets(int at) {
    PacketizedUnit known = cache.get(at);
    if (known != null) {
      return known;
    }
    try {
      List<ByteBuffer> parts = framing.split(read(at));
      PacketizedUnit made = PacketizedUnit.of(withParameters(parts, index.sync(at)), packetizer);
      keep(at, made);
      return made;
    } catch (UnservableFileException wrong) {
      throw new UncheckedIOException(new IOException(wrong.getMessage(), wrong));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private ByteBuffer read(int at) throws IOException, UnservableFileException {
    ByteBuffer bytes = ByteBuffer.allocate(index.size(at));
    while (bytes.hasRemaining()) {
      if (file.read(bytes, index.offset(at) + bytes.position()) < 0) {
        throw new UnservableFileException("file became shorter");
      }
    }
    return bytes.flip();
  }

  private void keep(int at, PacketizedUnit made) {
    if (cacheBytes.addAndGet(-made.sizeBytes()) < 0 || !cache.compareAndSet(at, null, made)) {
      cacheBytes.addAndGet(made.sizeBytes());
    }
  }

  private List<ByteBuffer> withParameters(List<ByteBuffer> parts, boolean sync) {
    List<Bytes> sets = parameters.parameterSets();
    if (!sync || sets.isEmpty() || UnitFraming.holdsParameterSet(parts, parameters)) {
      return parts;
    }
    List<ByteBuffer> all = new ArrayList<>(parts.size() + sets.size());
    sets.stream().map(Bytes::asByteBuffer).forEach(all::add);
    all.addAll(parts);
    return all;
  }

  private int inFile(long unit) {
    return (int) Math.floorMod(unit, (long) index.count());
  }

  private long loops(long unit) {
    return Math.floorDiv(unit, (long) index.count());
  }

  private long loopTicks(long loops) {
    return Ticks.convertRounded(loops * loop.ticks(), loop.timescale(), clockRate);
  }
}
