/**
 * ISO base media file format (ISO/IEC 14496-12): a writer and readers that do no I/O of their own.
 *
 * <p>A recorded file, and the classes that write and read each box of it:
 *
 * <pre>
 * ftyp moov                       {@link io.lva.fmp4.InitSegment}
 * uuid                            {@link io.lva.fmp4.UuidBox}
 * prft                            {@link io.lva.fmp4.ProducerReferenceTime}
 * { moof mdat }*                  {@link io.lva.fmp4.PartWriter}, {@link io.lva.fmp4.TfdtPatch}
 * the whole file                  {@link io.lva.fmp4.FragmentedReader}, {@link io.lva.fmp4.BoxChecker}
 * </pre>
 *
 * <p>An export is {@code ftyp moov mdat}, laid out by {@link io.lva.fmp4.ProgressiveWriter}. {@link
 * io.lva.fmp4.Mp4Reader} reads the samples of both kinds, whoever wrote the file.
 *
 * <p>Readers trust nothing: sizes and counts are checked against the available bytes and against
 * fixed limits, and every violation is reported as {@link io.lva.fmp4.Mp4Exception}.
 */
@NullMarked
package io.lva.fmp4;

import org.jspecify.annotations.NullMarked;
