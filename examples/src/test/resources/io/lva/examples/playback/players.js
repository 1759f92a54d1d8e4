// Players that are not ours, side by side on one page. Each is driven in the same way:
//   load(url)   wall()   seek(milliseconds since the epoch)   live()   range() in seconds of the video's own clock
// and notes what it shows: {now, wall, level, width, time, picture}, level being the lightness of the middle of the picture.
(() => {
  const LONGEST_LIST = 5000;
  const canvas = document.createElement("canvas");
  canvas.width = 2;
  canvas.height = 2;
  const context = canvas.getContext("2d", { willReadFrequently: true });

  function level(video) {
    context.drawImage(video, video.videoWidth / 4, video.videoHeight / 4, video.videoWidth / 2, video.videoHeight / 2, 0, 0, 2, 2);
    return context.getImageData(0, 0, 1, 1).data[0];
  }

  function add(player) {
    const video = document.createElement("video");
    video.muted = true;
    video.width = 240;
    document.body.append(video);
    Object.assign(player, { video, seen: [], errors: [], withBarcode: false });
    player.pictures = () => video.getVideoPlaybackQuality().totalVideoFrames;
    player.range = () => (video.seekable.length ? [video.seekable.start(0), video.seekable.end(video.seekable.length - 1)] : [0, 0]);
    player.forget = () => player.seen.splice(0);
    const look = (callback, frame) => {
      // On a busy machine the player's clock may be ahead of the picture that is on the screen.
      const ahead = 1000 * (video.currentTime - frame.mediaTime);
      const wall = player.wall() - ahead;
      if (player.wall() && player.seen.length < LONGEST_LIST) {
        const picture = player.withBarcode ? window.readPicture(video) : null;
        player.seen.push({ now: Date.now(), wall, level: level(video), width: video.videoWidth, time: video.currentTime, picture });
      }
      video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    return player;
  }

  function hls() {
    let api;
    const player = add({
      wall: () => (api && api.playingDate ? api.playingDate.getTime() : 0),
      live: () => { player.video.currentTime = api.liveSyncPosition; },
      seek: (time) => {
        const { fragments } = api.levels[api.currentLevel < 0 ? 0 : api.currentLevel].details;
        const fragment = fragments.find((each) => time < each.programDateTime + 1000 * each.duration);
        player.video.currentTime = fragment.start + Math.max(0, time - fragment.programDateTime) / 1000;
      },
      load: (url) => {
        player.unload();
        api = new window.Hls();
        api.on(window.Hls.Events.ERROR, (event, data) => player.errors.push(`${data.fatal ? "fatal " : ""}${data.details}`));
        api.loadSource(url);
        api.attachMedia(player.video);
        player.video.play().catch((error) => player.errors.push(`play: ${error.name}`));
      },
      unload: () => {
        api?.destroy();
        api = undefined;
        player.errors.splice(0);
        player.forget();
      },
    });
    return player;
  }

  function shaka() {
    let api;
    const player = add({
      wall: () => api?.getPlayheadTimeAsDate()?.getTime() || 0,
      live: () => api.goToLive(),
      seek: (time) => { player.video.currentTime += (time - player.wall()) / 1000; },
      load: async (url) => {
        await player.unload();
        window.shaka.polyfill.installAll();
        api = new window.shaka.Player();
        api.addEventListener("error", (event) => player.errors.push(`fatal ${event.detail.code} ${event.detail.data}`));
        await api.attach(player.video);
        await api.load(url).catch((error) => player.errors.push(`fatal ${error.code} ${error.data}`));
        player.video.play().catch((error) => player.errors.push(`play: ${error.name}`));
      },
      unload: async () => {
        await api?.destroy();
        api = undefined;
        player.errors.splice(0);
        player.forget();
      },
    });
    return player;
  }

  window.players = { hls: hls(), shaka: shaka() };
})();
