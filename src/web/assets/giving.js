// Says what an amount means while it is typed. The words come from the server, as they do without this script.
;(() => {
  const place = document.querySelector('[data-meaning]')
  const form = place?.closest('form')
  if (!form) return
  const button = form.querySelector('[data-without-script]')
  if (button) button.hidden = true
  let waiting
  let asked = 0

  const ask = async () => {
    const number = ++asked
    const typed = new FormData(form)
    const query = new URLSearchParams()
    for (const name of ['amount', 'ownAmount', 'costsShare']) query.set(name, typed.get(name) ?? '')
    const answer = await fetch(`${place.dataset.meaning}?${query}`).catch(() => null)
    if (!answer?.ok || number !== asked) return
    const words = new DOMParser().parseFromString(await answer.text(), 'text/html')
    place.replaceChildren(...(words.querySelector('[data-meaning]')?.childNodes ?? []))
  }
  form.addEventListener('input', ({ target }) => {
    if (!['amount', 'ownAmount', 'costsShare'].includes(target.name)) return
    clearTimeout(waiting)
    waiting = setTimeout(ask, 300)
  })
})()
