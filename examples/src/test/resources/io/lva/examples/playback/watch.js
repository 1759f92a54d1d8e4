// Reads the bar code of the simulator's pattern from the pictures a video element shows.
// It is told the geometry: the constants of ClockBarcode by their names.
window.readBarcodes = (geometry) => {
  const { REFERENCE_WIDTH, REFERENCE_HEIGHT, LEFT, TOP, BLOCK_WIDTH, BLOCK_HEIGHT, BLOCKS_PER_ROW, ROWS, TIME_BITS } = geometry;
  const MARKERS = 2;
  const LEAST_CONTRAST = 48;
  const width = BLOCKS_PER_ROW * BLOCK_WIDTH;
  const canvas = document.createElement("canvas");
  canvas.width = REFERENCE_WIDTH;
  canvas.height = REFERENCE_HEIGHT;
  const context = canvas.getContext("2d", { willReadFrequently: true });

  function check(bits) {
    let crc = 0xfff;
    for (const bit of bits) {
      const feedback = ((crc >> 11) ^ Number(bit)) & 1;
      crc = ((crc << 1) & 0xfff) ^ (feedback * 0x80f);
    }
    return crc;
  }

  function read(video) {
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(LEFT, TOP, width, ROWS * BLOCK_HEIGHT).data;
    const light = (block, row) => pixels[4 * ((row + 0.5) * BLOCK_HEIGHT * width + (block + 0.5) * BLOCK_WIDTH) + 1];
    let bits = "";
    for (let row = 0; row < ROWS; row++) {
      const white = Math.min(light(0, row), light(BLOCKS_PER_ROW - 1, row));
      const black = Math.max(light(1, row), light(BLOCKS_PER_ROW - 2, row));
      if (white - black < LEAST_CONTRAST) {
        return null;
      }
      for (let block = MARKERS; block < BLOCKS_PER_ROW - MARKERS; block++) {
        bits += 2 * light(block, row) > white + black ? "1" : "0";
      }
    }
    const time = bits.slice(0, TIME_BITS);
    return check(time) === parseInt(bits.slice(TIME_BITS), 2) ? parseInt(time, 2) : null;
  }

  window.readPicture = read;

  /** Looks at so many pictures as they are shown: what each says, what the player says, and when that was. */
  window.watch = (count) =>
    new Promise((resolve) => {
      const video = document.querySelector("video");
      const seen = [];
      const look = () => {
        seen.push({ picture: read(video), player: window.archive.player.wallClock(), now: Date.now() });
        if (seen.length < count) {
          video.requestVideoFrameCallback(look);
        } else {
          resolve(seen);
        }
      };
      video.requestVideoFrameCallback(look);
    });
};
