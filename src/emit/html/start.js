/* Last of the parts: all is known, the page comes to life. */

if (drafts.length) {
    buildBar();
    startReview();
    startCards();
    startMoving();
    startKeys();
    applyFilter(true);
    readAddress(location.hash);
    looking = requestAnimationFrame(look);
    whenIdle(makeReady);
}
