/* Last of the parts: all is known, the page comes to life. */

document.documentElement.classList.add('js');
if (drafts.length) {
    buildBar();
    startReview();
    startCards();
    startMoving();
    startKeys();
    applyFilter();
    readAddress(location.hash);
    look();
}
