/* First steps: pointing at words lights up their card, and the other way round. */
'use strict';
(() => {
  const light = (id, on) => {
    for (const mark of document.querySelectorAll('mark[data-f="' + id + '"]')) mark.classList.toggle('lit', on);
    const card = document.getElementById(id);
    if (card) card.classList.toggle('lit', on);
  };
  for (const [type, on] of [['mouseover', true], ['mouseout', false]]) {
    document.addEventListener(type, (event) => {
      const mark = event.target.closest('mark.f'), card = event.target.closest('aside.card');
      if (mark) light(mark.dataset.f, on);
      else if (card) light(card.id, on);
    });
  }
  document.addEventListener('click', (event) => {
    const mark = event.target.closest('mark.f');
    if (mark) location.hash = mark.dataset.f;
  });
})();
