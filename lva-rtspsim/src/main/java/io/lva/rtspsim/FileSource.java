package io.lva.rtspsim;

import io.lva.media.Bytes;
import io.lva.media.Ticks;
import io.lva.media.codec.H264Parameters;
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
 * A file as a source: every client begins at its first picture, and after the last the first comes
 * again, later by the length of the file. Units are packetized when first asked for and kept as
 * long as there is memory for them. Parameter sets are repeated in front of every sync unit.
 *
 * <p>Thread-safe.
 */
final class FileSource implements MediaSource, AutoCloseable {
  private final String name;
  private final FileChannel file;
  private final VideoIndex index;
  private final NalFraming framing;
  private final H264Parameters parameters;
  private final AtomicLong cacheBytes;
  private final AtomicReferenceArray<PacketizedUnit> cache;

  /**
   * Serves a file.
   *
   * @param file closed by {@link #close}
   * @param cacheBytes how many bytes of packets all sources together may still keep
   */
  FileSource(
      String name,
      FileChannel file,
      VideoIndex index,
      NalFraming framing,
      H264Parameters parameters,
      AtomicLong cacheBytes) {
    this.name = name;
    this.file = file;
    this.index = index;
    this.framing = framing;
    this.parameters = parameters;
    this.cacheBytes = cacheBytes;
    cache = new AtomicReferenceArray<>(index.count());
  }

  @Override
  public String title() {
    return name;
  }

  @Override
  public H264Parameters parameters() {
    return parameters;
  }

  @Override
  public OptionalDouble framesPerSecond() {
    double rate = (double) index.count() * MediaUnit.TICKS_PER_SECOND / index.durationTicks();
    return OptionalDouble.of(Math.rint(rate * 1000) / 1000);
  }

  /** A burst holds all but the last unit of the first group. */
  @Override
  public Start start(long utcNanos, boolean burst) {
    long sent = burst ? decodeTicks(firstGroupUnits() - 1L) : 0;
    long sentNanos = Ticks.convert(sent, MediaUnit.TICKS_PER_SECOND, Ticks.NANOS_PER_SECOND);
    return new Start(0, 0, utcNanos - sentNanos);
  }

  @Override
  public long decodeTicks(long unit) {
    return loopTicks(unit) + index.decodeTicks(inFile(unit));
  }

  @Override
  public boolean sync(long unit) {
    return index.sync(inFile(unit));
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public MediaUnit unit(long unit) {
    int at = inFile(unit);
    long loop = loopTicks(unit);
    return new MediaUnit(
        loop + index.decodeTicks(at),
        loop + index.presentationTicks(at),
        index.sync(at),
        packets(at));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Reads the NAL units of a file. */
  static List<ByteBuffer> read(FileChannel file, long offset, int size, NalFraming framing)
      throws IOException, UnservableFileException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        throw new UnservableFileException("file became shorter");
      }
    }
    return framing.split(bytes.flip());
  }

  private PacketizedUnit packets(int at) {
    PacketizedUnit known = cache.get(at);
    if (known != null) {
      return known;
    }
    try {
      List<ByteBuffer> nalUnits = read(file, index.offset(at), index.size(at), framing);
      PacketizedUnit made = PacketizedUnit.of(withParameters(nalUnits, index.sync(at)));
      keep(at, made);
      return made;
    } catch (UnservableFileException wrong) {
      throw new UncheckedIOException(new IOException(name + ": " + wrong.getMessage(), wrong));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void keep(int at, PacketizedUnit made) {
    if (cacheBytes.addAndGet(-made.sizeBytes()) < 0 || !cache.compareAndSet(at, null, made)) {
      cacheBytes.addAndGet(made.sizeBytes());
    }
  }

  private List<ByteBuffer> withParameters(List<ByteBuffer> nalUnits, boolean sync) {
    if (!sync || NalFraming.holds(nalUnits, NalFraming.SEQUENCE_PARAMETER_SET)) {
      return nalUnits;
    }
    List<ByteBuffer> all = new ArrayList<>(nalUnits.size() + 2);
    parameters.sequenceParameterSets().stream().map(Bytes::asByteBuffer).forEach(all::add);
    parameters.pictureParameterSets().stream().map(Bytes::asByteBuffer).forEach(all::add);
    all.addAll(nalUnits);
    return all;
  }

  private int firstGroupUnits() {
    int units = 1;
    while (units < index.count() && !index.sync(units)) {
      units++;
    }
    return units;
  }

  private int inFile(long unit) {
    return (int) Math.floorMod(unit, (long) index.count());
  }

  private long loopTicks(long unit) {
    return Math.floorDiv(unit, (long) index.count()) * index.durationTicks();
  }
}
