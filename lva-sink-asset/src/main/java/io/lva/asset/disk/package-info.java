/** Assets in the folders of a disk, and every file call through one interface. */
@org.jspecify.annotations.NullMarked
package io.lva.asset.disk;
