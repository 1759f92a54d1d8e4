package io.lva.fmp4;

import io.lva.fmp4.FileItem.Extension;
import io.lva.fmp4.FileItem.Head;
import io.lva.fmp4.FileItem.Part;
import io.lva.fmp4.FileItem.ReferenceTime;
import io.lva.fmp4.FileItem.Skipped;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a fragmented file with one track per part, reading headers only.
 *
 * <p>It stops before an incomplete item and can be asked again when the file has grown, so it also
 * follows a file that is being written. Other files are read with {@link Mp4Reader}.
 *
 * <p>Not thread-safe.
 */
public final class FragmentedReader {
  private final SourceWindow source;
  private @Nullable InitSegment init;
  private long position;
  private @Nullable String torn;

  /**
   * Starts at the first byte of a file.
   *
   * @param source the file; stays open
   */
  public FragmentedReader(ByteSource source) {
    this.source = new SourceWindow(source);
  }

  /**
   * Starts within a file.
   *
   * @param source the file; stays open
   * @param init the head of the file
   * @param position index of the first byte of an item
   */
  public FragmentedReader(ByteSource source, InitSegment init, long position) {
    this(source);
    this.init = init;
    this.position = position;
  }

  /**
   * Reads the next item.
   *
   * @return the item; empty when there is no further complete one, see {@link #torn}
   * @throws IOException when the source fails
   * @throws Mp4Exception when the next item is malformed; {@link #position} stays before it
   */
  public Optional<FileItem> next() throws IOException, Mp4Exception {
    torn = null;
    long fileBytes = source.size();
    BoxHeader header = wholeBox(position, fileBytes);
    if (header == null) {
      return Optional.empty();
    }
    FileItem item = item(header, fileBytes);
    if (item == null) {
      return Optional.empty();
    }
    position = item.end();
    return Optional.of(item);
  }

  /**
   * Returns the position up to which the file was read.
   *
   * @return index of the first byte after the last item
   */
  public long position() {
    return position;
  }

  /**
   * Describes the incomplete data after the last item when {@link #next} found none.
   *
   * @return the description; empty at the very end of the file
   */
  public Optional<String> torn() {
    return Optional.ofNullable(torn);
  }

  /**
   * Reads the samples of a part.
   *
   * @param part an item of this file
   * @return its samples, one after the other from {@link Part#mediaOffset} on
   * @throws IOException when the source fails
   * @throws Mp4Exception when the part is malformed
   */
  public PartSamples samples(Part part) throws IOException, Mp4Exception {
    BoxHeader header = BoxHeader.read(source, part.offset(), source.size());
    return fragment(header).trackFragments().get(0).samples();
  }

  /**
   * Returns the header of a box that ends within the file; otherwise notes what is torn and returns
   * null.
   */
  private @Nullable BoxHeader wholeBox(long at, long fileBytes) throws IOException, Mp4Exception {
    long left = fileBytes - at;
    if (left < BoxHeader.MINIMUM_BYTES) {
      return tear(left <= 0 ? null : left + " bytes of a box header at byte " + at);
    }
    BoxHeader header = BoxHeader.read(source, at, fileBytes);
    return header.isWhole(fileBytes) ? header : tear(header + ", " + left + " bytes are there");
  }

  private @Nullable BoxHeader tear(@Nullable String what) {
    torn = what;
    source.forget();
    return null;
  }

  private @Nullable FileItem item(BoxHeader header, long fileBytes)
      throws IOException, Mp4Exception {
    int type = header.type();
    if (type == BoxType.FTYP || type == BoxType.MOOV) {
      return head(header, fileBytes);
    }
    if (type == BoxType.UUID) {
      int size = header.sizeWithin(UuidBox.MAXIMUM_PAYLOAD_BYTES + 32);
      UuidBox box = UuidBox.parse(source.range(header.offset(), size));
      return new Extension(header.offset(), size, box);
    }
    if (type == BoxType.PRFT) {
      int size = header.sizeWithin(2 * ProducerReferenceTime.SIZE_BYTES);
      return new ReferenceTime(
          header.offset(), size, ProducerReferenceTime.parse(source.range(header.offset(), size)));
    }
    if (type == BoxType.MOOF) {
      return part(header, fileBytes);
    }
    return new Skipped(header.offset(), header.sizeBytes(), BoxType.text(type));
  }

  private @Nullable FileItem head(BoxHeader first, long fileBytes)
      throws IOException, Mp4Exception {
    BoxHeader box = first;
    while (box != null && box.type() != BoxType.MOOV) {
      if (box.type() == BoxType.MOOF || box.type() == BoxType.MDAT) {
        throw new Mp4Exception("no 'moov' before " + box);
      }
      box = wholeBox(box.end(), fileBytes);
    }
    if (box == null) {
      torn = torn == null ? "no 'moov'" : torn;
      return null;
    }
    BoxHeader all = new BoxHeader(first.offset(), first.type(), 8, box.end() - first.offset());
    int size = all.sizeWithin(InitSegment.MAXIMUM_BYTES);
    InitSegment read = InitSegment.parse(source.range(first.offset(), size));
    init = read;
    return new Head(first.offset(), size, read);
  }

  private @Nullable Part part(BoxHeader moof, long fileBytes) throws IOException, Mp4Exception {
    BoxHeader mdat = wholeBox(moof.end(), fileBytes);
    if (mdat == null) {
      torn = torn == null ? moof + " without 'mdat'" : torn;
      return null;
    }
    MovieFragment fragment = fragment(moof);
    TrackFragment traf = fragment.trackFragments().get(0);
    PartSamples samples = traf.samples();
    long media = moof.sizeBytes() + mdat.headerBytes();
    if (mdat.type() != BoxType.MDAT
        || !traf.isContiguousFrom(moof.offset() + media)
        || mdat.sizeBytes() - mdat.headerBytes() != samples.sizeBytes()) {
      throw new Mp4Exception(
          moof + " places " + samples.sizeBytes() + " bytes elsewhere than in the next " + mdat);
    }
    return new Part(
        moof.offset(),
        moof.sizeBytes() + mdat.sizeBytes(),
        (int) media,
        traf.trackId(),
        fragment.sequenceNumber(),
        traf.baseMediaDecodeTime(),
        samples.count(),
        samples.durationTicks(),
        SampleFlags.isSync(samples.flags(0)));
  }

  private MovieFragment fragment(BoxHeader moof) throws IOException, Mp4Exception {
    int size = moof.sizeWithin(MovieFragment.MAXIMUM_BYTES);
    MovieFragment fragment =
        MovieFragment.parse(
            source.range(moof.offset(), size),
            moof.offset(),
            trackId -> init == null ? TrackDefaults.NONE : init.defaults(trackId));
    if (fragment.trackFragments().size() != 1) {
      throw new Mp4Exception(moof + " has " + fragment.trackFragments().size() + " tracks, not 1");
    }
    TrackFragment traf = fragment.trackFragments().get(0);
    if (traf.samples().count() == 0 || traf.baseMediaDecodeTime() == TrackFragment.NO_TIME) {
      throw new Mp4Exception(moof + " without samples or 'tfdt'");
    }
    return fragment;
  }
}
